"""Word: what a report says comes back from the file, with real styles, notes and tables, in our look and in a house's."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from hypothesis import given, settings
from lxml import etree

from cabrief.document import Cell, Column, Document, Section, Table
from cabrief.errors import UsageError
from cabrief.formats import How, binary_renderer
from cabrief.formats.notes import Footnotes, shown_address, subject
from cabrief.formats.word_styles import FACES, TABLE_STYLE
from cabrief.formats.word_template import MOST_XML
from cabrief.language.text import Lang, clean, same, unstopped
from cabrief.reports import brief, timeline, treaties
from cabrief.reports.pages.countries import country_page
from cabrief.reports.pages.subjects import brief_page
from cabrief.store.base import Base
from conftest import ATOLLS, Run
from office import convert, needs_libreoffice, pages
from test_characters import TEXTS, document, with_examples
from test_renderers import HOSTILE, RICH

DAY = "2026-11-22"


def made(pages_: Document, **how: Any) -> Any:
    """A report as Word file, read back by python-docx."""
    return docx.Document(io.BytesIO(binary_renderer("docx")(pages_, How(**how))))


def notes(file: Any) -> dict[int, str]:
    """Footnotes of a file, without the lines above them."""
    part = file.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    found = etree.fromstring(part.blob).findall(qn("w:footnote"))
    own = [each for each in found if each.get(qn("w:type")) is None]
    return {int(each.get(qn("w:id"))): "".join(each.itertext()).strip() for each in own}


def said(paragraph: Any) -> str:
    """Words of a paragraph without the numbers of notes."""
    runs = [run for run in paragraph._p.iter(qn("w:r")) if run.style != "footnotereference"]
    return "".join(text.text for run in runs for text in run.iter(qn("w:t")))


def styles(file: Any) -> list[tuple[str, str]]:
    """Paragraphs outside tables: style and words."""
    return [(each.style.name, said(each)) for each in file.paragraphs if each.text]


def row(table: Any, number: int) -> list[str]:
    """Words of a row of a table."""
    return [said(cell.paragraphs[0]) for cell in table.rows[number].cells]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_rich_document_comes_back(lang: Lang) -> None:
    """Headings, lists, tables and words, hostile ones included, as python-docx reads them."""
    file = made(RICH, lang=lang)
    found = styles(file)
    assert found[0] == ("Title", RICH.title.pick(lang))
    heads = [(style, words) for style, words in found if style.startswith("Heading")]
    assert [style for style, _ in heads] == ["Heading 1", "Heading 2", "Heading 1", "Heading 1"]
    assert [words for _, words in heads] == [
        title.pick(lang)
        for part in RICH.sections
        for title in (part.title, *(inner.title for inner in part.sections))
        if title
    ]
    bullets = [words for style, words in found if style == "List Bullet"]
    assert clean(HOSTILE) in bullets
    assert {"=1+1", "1. not a list", "# not a heading [private]"} <= set(bullets)
    labels, values, times = file.tables
    assert [cell.text for cell in labels.columns[0].cells] == [
        {"en": each, "ja": other}[lang] for each, other in (("Capital", "首都"), ("Reef", "礁"), ("Depth", "水深"))
    ]
    assert row(values, 0) == [
        {"en": "Type", "ja": "種類"}[lang],
        {"en": "Number", "ja": "数"}[lang],
    ]
    assert len(times.rows) == 4, "a head, two moments, and the day of the report between them"
    for table, headed in ((labels, 0), (values, 1), (times, 1)):
        assert table.style.name == TABLE_STYLE
        assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows] == [
            number < headed for number in range(len(table.rows))
        ]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_note_is_there_once_and_called(shipped: Base, lang: Lang) -> None:
    """The notes of a file are those of the report, none empty; the first line calls a note, further ones point to it."""
    for pages_ in (RICH, brief.view(shipped, DAY), timeline.view(shipped, DAY), treaties.view(shipped, DAY)):
        file = made(pages_, lang=lang)
        expected = Footnotes(pages_).notes
        found = notes(file)
        assert list(found) == [note.number for note in expected]
        assert all(found.values())
        assert len(set(found.values())) == len(found)
        body = file.element.body
        called = [int(each.get(qn("w:id"))) for each in body.iter(qn("w:footnoteReference"))]
        assert called == list(found)
        pointed = [
            int(number) for each in body.iter(qn("w:instrText")) for number in re.findall(r"_Note(\d+)", each.text)
        ]
        assert set(pointed) <= set(called)
        for note in expected:
            for _, cited, _ in note.parts:
                assert all(clean(each.words.pick(lang)) in found[note.number] for each in cited)
                assert all(shown_address(each.url) in found[note.number] for each in cited)
            named = [*(unstopped(each.others[0][0]) for each in note.disputes)]
            named += [subject(pages_.notes[id_]) for id_ in note.further]
            assert all(clean(text.pick(lang)) in found[note.number] for text in named)
    assert len(pointed) > 0 or len(called) > 0
    assert 1 in [
        int(n) for each in made(RICH).element.body.iter(qn("w:instrText")) for n in re.findall(r"_Note(\d+)", each.text)
    ]


def test_without_sources_there_are_no_notes_and_the_dagger_is_explained() -> None:
    pages_ = RICH.but(notes={"quarrel": RICH.notes["quarrel"].but(category="wording")})
    file = made(pages_, sources=False)
    assert not list(file.element.body.iter(qn("w:footnoteReference")))
    assert any(words.startswith("† A source errs") for _, words in styles(file))


@pytest.mark.slow
@with_examples
@settings(deadline=None, max_examples=15)
@given(TEXTS)
def test_word_gives_back_every_character(words: str) -> None:
    """In a title, a heading, an item, a table and a note."""
    file = made(document(words))
    assert [text for style, text in styles(file) if style in ("Title", "Heading 1")] == [words, words]
    assert [text for style, text in styles(file) if style == "List Bullet"] == [words, f"{words} ({words})"]
    assert row(file.tables[1], 1) == [words, "end"]
    assert f"“{words}”" in notes(file)[1]
    assert file.core_properties.title == words


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff", "\u202e"])
def test_what_xml_cannot_hold_is_shown_as_a_mark(character: str) -> None:
    file = made(document(f"a{character}b").but(as_of="2031-06-01"))
    assert styles(file)[0] == ("Title", "a\ufffdb")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_page_fonts_and_properties(lang: Lang) -> None:
    """A4; fonts for East Asian characters with what may stand for them; title, language and day; day and page in the margins."""
    raw = binary_renderer("docx")(RICH, How(lang=lang))
    file: Any = docx.Document(io.BytesIO(raw))
    page = file.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    about = file.core_properties
    assert (about.title, about.language) == (RICH.title.pick(lang), {"en": "en-GB", "ja": "ja-JP"}[lang])
    assert about.created.date().isoformat() == RICH.as_of
    for name, faces in (("Normal", FACES[lang].text), ("Heading 1", FACES[lang].head)):
        fonts = file.styles[name].element.rPr.rFonts
        assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:eastAsia"))) == faces
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        table = archive.read("word/fontTable.xml").decode()
        etree.fromstring(table.encode())
        assert re.search('w:name="Yu Mincho"><w:altName w:val="MS Mincho"', table)
    assert {"en": "As of 1 June 2031", "ja": "2031年6月1日現在"}[lang] in page.header.paragraphs[0].text
    fields = [each.get(qn("w:instr")) for each in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_an_address_that_is_none_breaks_no_file() -> None:
    """Word takes a file whose links have spaces or brackets for broken."""
    file = made(RICH)
    part = file.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    assert [each.target_ref for each in part.rels.values() if each.is_external] == [
        "https://example.org/a%20b%7C%3Cc%3E"
    ]


def house(path: Path, *, bare: bool = False) -> Path:
    """A template with a look of its own: large green headings, a letterhead, text that does not belong into reports."""
    file: Any = docx.Document()
    file.styles["Heading 1"].font.size = Pt(30)
    file.styles["List Bullet"].font.name = "Courier New"
    file.sections[0].page_width = Cm(20)
    file.sections[0].header.paragraphs[0].text = "House of Aru"
    file.add_paragraph("Write here.")
    if bare:
        for name in ("List Bullet", "Caption", "Subtitle", "Heading 3"):
            file.styles[name].element.getparent().remove(file.styles[name].element)
        part = next(id_ for id_, each in file.part.rels.items() if each.reltype == RELATIONSHIP_TYPE.NUMBERING)
        del file.part.rels[part]
        defaults = file.styles.element.find(qn("w:docDefaults"))
        file.styles.element.remove(defaults)
    file.save(str(path))
    return path


@pytest.mark.one_in(2)
@pytest.mark.parametrize("bare", [False, True])
def test_a_house_keeps_its_look(tmp_path: Path, *, bare: bool) -> None:
    """Styles, page and letterhead are the template's; its text is gone; what it lacks is added; it may be a report itself."""
    template = house(tmp_path / "house.docx", bare=bare)
    file = made(RICH, template=template)
    assert file.styles["Heading 1"].font.size == Pt(30)
    assert round(file.sections[0].page_width.cm) == 20
    assert file.sections[0].header.paragraphs[0].text == "House of Aru"
    assert not any("Write here" in words for _, words in styles(file))
    assert len([words for style, words in styles(file) if style == "List Bullet"]) == 7
    for added in ("Brief Table Text", "footnote text"):
        assert file.styles[added].element.rPr.rFonts is None, "in another font than the house's"
    if not bare:
        assert file.styles["List Bullet"].font.name == "Courier New"
    (language,) = file.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "ja-JP"
    number = file.styles["List Bullet"].element.pPr.numPr
    assert number is not None
    again = tmp_path / "again.docx"
    again.write_bytes(binary_renderer("docx")(RICH, How(template=template)))
    second = made(RICH, template=again)
    assert notes(second) == notes(file)
    assert styles(second) == styles(file)


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def altered(
    template: Path, target: Path, changed: dict[str, tuple[bytes, bytes]], more: dict[str, bytes] | None = None
) -> Path:
    """A template in which bytes of parts were exchanged for others, with further parts."""
    with zipfile.ZipFile(template) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in archive.namelist():
            was, now = changed.get(name, (b"", b""))
            raw = archive.read(name)
            assert was in raw
            new.writestr(name, raw.replace(was, now, 1) if was else raw)
        for name, raw in (more or {}).items():
            new.writestr(name, raw)
    return target


def relation(id_: str, kind: str, to: str, more: str = "") -> bytes:
    return f'<Relationship Id="{id_}" Type="{RELATION}/{kind}" Target="{to}"{more}/>'.encode()


def test_nothing_else_of_a_template_leaves_the_house(tmp_path: Path) -> None:
    """Comments, macros, inserted files and links to files elsewhere stay behind; its look stays."""
    outside = ' TargetMode="External"'
    more = b"".join(
        (
            relation("rC", "comments", "comments.xml"),
            relation("rA", "aFChunk", "chunk.html"),
            relation("rV", "vbaProject", "vbaProject.bin"),
            relation("rI", "image", "http://evil.example/pixel.png", outside),
            b"</Relationships>",
        )
    )
    kinds = b'<Default Extension="bin" ContentType="application/x"/><Default Extension="html" ContentType="text/html"/></Types>'
    fetched = b"".join(
        (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">',
            relation("rT", "attachedTemplate", "https://evil.example/t.dotm", outside),
            b"</Relationships>",
        )
    )
    told = f'<w:attachedTemplate r:id="rT" xmlns:r="{RELATION}"/><w:zoom'.encode()
    template = altered(
        house(tmp_path / "house.docx"),
        tmp_path / "leak.docx",
        {
            "[Content_Types].xml": (b"</Types>", kinds),
            "word/_rels/document.xml.rels": (b"</Relationships>", more),
            "word/settings.xml": (b"<w:zoom", told),
        },
        {
            "word/comments.xml": f'<w:comments {nsdecls("w")}><w:comment w:id="0" w:author="Jane Doe"/></w:comments>'.encode(),
            "word/chunk.html": b"<b>inserted</b>",
            "word/vbaProject.bin": b"macro",
            "word/_rels/settings.xml.rels": fetched,
        },
    )
    raw = binary_renderer("docx")(RICH, How(template=template))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = set(archive.namelist())
        whole = b"".join(archive.read(name) for name in names)
    assert not names & {"word/comments.xml", "word/chunk.html", "word/vbaProject.bin"}
    assert not [word for word in (b"Jane Doe", b"evil.example", b"inserted", b"attachedTemplate") if word in whole]
    assert b"House of Aru" in whole


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("part", "was", "now"),
    [
        ("word/document.xml", b'w:pgSz w:w="', b'w:pgSz w:w="0.5'),
        ("word/_rels/document.xml.rels", b' Target="styles.xml"', b""),
        ("[Content_Types].xml", b"wordprocessingml.styles+xml", b"wordprocessingml.odd+xml"),
        ("[Content_Types].xml", b"wordprocessingml.settings+xml", b"wordprocessingml.odd+xml"),
        ("word/styles.xml", b"w:styleId=", b"w:odd="),
    ],
)
def test_a_damaged_part_of_a_template_is_the_templates_fault(
    tmp_path: Path, part: str, was: bytes, now: bytes, run: Run
) -> None:
    """Whichever of its parts it is, and whenever it shows; a file that still serves is used."""
    template = altered(house(tmp_path / "house.docx"), tmp_path / "odd.docx", {part: (was, now)})
    done = run("brief", "-o", str(tmp_path / "out.docx"), "--template", str(template))
    assert done.returncode == 0 or (done.returncode, "odd.docx cannot be used: " in done.stderr) == (2, True), (
        done.stderr
    )


def test_a_template_that_swells_is_refused(tmp_path: Path) -> None:
    """Whatever its directory says of the sizes; a part that is not needed is not unpacked at all."""
    good = house(tmp_path / "house.docx")
    padded = {"word/styles.xml": (b"</w:styles>", b" " * MOST_XML + b"</w:styles>")}
    template = altered(good, tmp_path / "bomb.docx", padded)
    assert template.stat().st_size < MOST_XML // 50
    raw = bytearray(template.read_bytes())
    at = raw.rindex(b"word/styles.xml") - 46  # its entry in the directory
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    (tmp_path / "lying.docx").write_bytes(raw)
    for name in ("bomb.docx", "lying.docx"):
        with pytest.raises(UsageError, match="cannot be used"):
            made(RICH, template=tmp_path / name)
    unused = altered(good, tmp_path / "unused.docx", {}, {"word/media/z.dat": b"\0" * 60_000_000})
    assert made(RICH, template=unused).sections


def test_a_header_fetches_nothing(tmp_path: Path) -> None:
    """Pictures by link, inserted files and fields that fetch leave it; its words, its own picture and a link to follow stay."""
    outside = ' TargetMode="External"'
    relations = b"".join(
        (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">',
            relation("rA", "aFChunk", "chunk.html"),
            relation("rI", "image", "http://evil.example/pixel.png", outside),
            relation("rH", "hyperlink", "https://house.example/", outside),
            b"</Relationships>",
        )
    )
    field = '<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://evil.example"</w:instrText></w:r>'
    simple = '<w:fldSimple w:instr="INCLUDETEXT c:/secret.docx"><w:r><w:t>old</w:t></w:r></w:fldSimple>'
    linked = f'<w:r><w:drawing><x r:link="rI" xmlns:r="{RELATION}"/></w:drawing></w:r>'
    follow = f'<w:hyperlink r:id="rH" xmlns:r="{RELATION}"><w:r><w:t>site</w:t></w:r></w:hyperlink>'
    more = (field + simple + linked + follow + "</w:p>").encode()
    template = altered(
        house(tmp_path / "house.docx"),
        tmp_path / "fetching.docx",
        {"word/header1.xml": (b"</w:p>", more)},
        {"word/_rels/header1.xml.rels": relations, "word/chunk.html": b"<b>inserted</b>"},
    )
    raw = binary_renderer("docx")(RICH, How(template=template))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert not [word for word in (b"evil.example", b"inserted", b"secret", b"INCLUDE") if word in whole]
    assert all(word in whole for word in (b"House of Aru", b"https://house.example/"))


PART = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:r="{RELATION}" xmlns:m="urn:x" '
)


def field(*pieces: str, between: str = "") -> str:
    """A field whose instruction stands in several runs; `between` stands between them."""
    said = between.join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}{said}{marks[1]}<w:r><w:t>shown</w:t></w:r>{marks[2]}"


@pytest.mark.one_in(7)
@pytest.mark.parametrize(
    ("more", "gone", "there"),
    [
        ('<w:del w:author="Spy"><w:r><w:delText>client</w:delText></w:r></w:del>', "Spy|client", ""),
        ('<w:moveFrom w:author="Spy"><w:r><w:t>client</w:t></w:r></w:moveFrom>', "Spy|client", ""),
        ('<w:ins w:author="Spy"><w:r><w:t>added</w:t></w:r></w:ins>', "Spy", "added"),
        (
            '<w:r><w:rPr><w:b/><w:rPrChange w:author="Spy"><w:rPr/></w:rPrChange></w:rPr><w:t>b</w:t></w:r>',
            "Spy",
            "<w:b/>",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>client</w:t></w:r>", "client", ""),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r>', "", "open"),
        ('<w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr><w:t>client</w:t></w:r>', "client", ""),
        (
            '<w:commentRangeStart w:id="5"/><w:r><w:t>a</w:t></w:r><w:r><w:commentReference w:id="5"/></w:r>',
            "comment",
            "",
        ),
        ('<w:bookmarkStart w:id="1" w:name="client"/><w:proofErr w:type="client"/>', "client", ""),
        ("<!-- client --><?client x?>", "client", ""),
        (
            '<w:sdt><w:sdtPr><w:alias w:val="client"/></w:sdtPr><w:sdtContent><w:r><w:t>kept</w:t></w:r></w:sdtContent></w:sdt>',
            "client",
            "kept",
        ),
        (
            f'<w:r><w:pict {PART}><v:shape><v:imagedata o:href="http://evil.example"/></v:shape></w:pict></w:r>',
            "evil",
            "",
        ),
        (f'<w:r><w:pict {PART}><v:rect><v:fill src="http://evil.example"/></v:rect></w:pict></w:r>', "evil", ""),
        (f'<w:r><w:object {PART}><o:OLEObject r:id="rX" ProgID="client"/></w:object></w:r>', "client", ""),
        (
            f"<w:r><w:pict {PART}><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r><w:del><w:r><w:delText>client"
            "</w:delText></w:r></w:del></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
            "client",
            "box",
        ),
        (f'<w:hyperlink {PART} r:id="rNone"><w:r><w:t>words</w:t></w:r></w:hyperlink>', "rNone", "words"),
        (field(" PAGE "), "", "PAGE|shown"),
        (field(" INCL", 'UDEPICTURE "http://evil.example"'), "evil|INCL", "shown"),
        (field(" INCL", 'UDETEXT "client"', between="</w:p><w:p>"), "client|INCL", "shown"),
        (field(' RD "client.docx" '), "client", "shown"),
        (field(" DOCPROPERTY Client "), "Client", "shown"),
        (field(" IF ", 'x "client" "b"', between=field("PAGE")), "client|PAGE|IF ", "shown"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE client</w:instrText></w:r>',
            "client|begin",
            "",
        ),
        ('<w:fldSimple w:instr="AUTHOR"><w:r><w:t>shown</w:t></w:r></w:fldSimple>', "AUTHOR", "shown"),
        (
            '</w:p><w:tbl><w:tr><w:trPr><w:del w:author="Spy"/></w:trPr><w:tc><w:p><w:r><w:t>client</w:t></w:r></w:p></w:tc>'
            "</w:tr><w:tr><w:tc><w:p><w:r><w:t>row</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p>",
            "Spy|client",
            "row",
        ),
    ],
    ids=str,
)
def test_of_a_header_stays_what_word_prints(tmp_path: Path, more: str, gone: str, there: str) -> None:
    """Revisions are taken as accepted; what nobody sees, and what Word would fetch, is dropped."""
    unseen = (
        '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    template = altered(
        house(tmp_path / "house.docx"),
        tmp_path / "odd.docx",
        {
            "word/header1.xml": (b"</w:p>", more.encode() + b"</w:p>"),
            "word/styles.xml": (b"</w:styles>", unseen.encode() + b"</w:styles>"),
        },
    )
    raw = binary_renderer("docx")(RICH, How(template=template))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        (header,) = (
            archive.read(name).decode() for name in archive.namelist() if "header" in name and "rels" not in name
        )
    assert "House of Aru" in header
    assert [word for word in gone.split("|") if word and word in header] == []
    assert [word for word in there.split("|") if word not in header] == []


def test_of_pages_and_settings_stays_what_they_look_like(tmp_path: Path) -> None:
    """No printer, background by an address, protection, revisions or variables of the house; its tab stops and page stay."""
    settings = (
        '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:trackRevisions/><w:docVars><w:docVar w:name="client" '
        'w:val="client"/></w:docVars><w:rsids><w:rsid w:val="00112233"/></w:rsids><w:evenAndOddHeaders w:val="0"/></w:settings>'
    )
    background = (
        f'<w:background {PART}><v:background><v:fill o:href="http://evil.example"/></v:background></w:background>'
    )
    template = altered(
        house(tmp_path / "house.docx"),
        tmp_path / "odd.docx",
        {
            "word/settings.xml": (b"</w:settings>", settings.encode()),
            "word/document.xml": (b"<w:body>", background.encode() + b"<w:body>"),
        },
    )
    printing = altered(
        template,
        tmp_path / "printing.docx",
        {"word/document.xml": (b"</w:sectPr>", f'<w:printerSettings {PART} r:id="rPrinter"/></w:sectPr>'.encode())},
    )
    raw = binary_renderer("docx")(RICH, How(template=printing))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        whole = "".join(archive.read(name).decode() for name in ("word/document.xml", "word/settings.xml"))
    gone = ("evil", "client", "Protection", "trackRev", "rsid ", "rPrinter")
    assert [word for word in gone if word in whole] == []
    assert "<w:evenAndOddHeaders" in whole
    assert "<w:pgSz" in whole


def test_the_last_section_inherits_its_header(tmp_path: Path) -> None:
    """As in Word, where a new section goes on with the header of the one before it."""
    house(tmp_path / "house.docx")
    file = docx.Document(str(tmp_path / "house.docx"))
    file.add_section()
    file.save(str(tmp_path / "two.docx"))
    out = made(RICH, template=tmp_path / "two.docx")
    assert "House of Aru" in out.sections[0].header.paragraphs[0].text


@pytest.mark.one_in(5)
@pytest.mark.parametrize("name", ["docx", "xlsx", "pdf", "html", "png"])
def test_a_long_title_is_no_fault(tmp_path: Path, run: Run, name: str) -> None:
    """A text may have 2,000 characters; what a file says of itself has room for fewer."""
    assert run("init", str(tmp_path / "own")).returncode == 0
    facts = tmp_path / "own" / "facts.yaml"
    text = facts.read_text("utf-8")
    for old, times in (("First summit", 380), ("First Country", 55)):
        assert old in text
        text = text.replace(old, old + " long" * times)
    facts.write_text(text, "utf-8")
    for words in (("brief",), ("country", "FC", "--full"), ("treaties",), ("timeline", "--all")):
        done = run(*words, "--data", str(tmp_path / "own"), "-o", str(tmp_path / f"out.{name}"))
        assert done.returncode == 0 or (name == "png" and done.returncode == 2), done.stderr


def test_a_template_that_is_none_is_refused(tmp_path: Path) -> None:
    """A missing file, a folder, a text, another archive, a workbook, a torn file: the message names it and says what serves."""
    good = house(tmp_path / "house.docx").read_bytes()
    (tmp_path / "text.docx").write_text("words")
    (tmp_path / "torn.docx").write_bytes(good[: len(good) // 2])
    with zipfile.ZipFile(tmp_path / "other.docx", "w") as archive:
        archive.writestr("a.txt", "words")
    with zipfile.ZipFile(tmp_path / "house.docx") as archive, zipfile.ZipFile(tmp_path / "odd.docx", "w") as odd:
        for name in archive.namelist():
            raw = archive.read(name)
            odd.writestr(name, raw.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"))
    with zipfile.ZipFile(tmp_path / "house.docx") as archive, zipfile.ZipFile(tmp_path / "bad.docx", "w") as bad:
        for name in archive.namelist():
            bad.writestr(name, b"<no" if name == "word/document.xml" else archive.read(name))
    for name in ("absent.docx", "", "text.docx", "torn.docx", "other.docx", "odd.docx", "bad.docx"):
        why = {"absent.docx": "there is no such file", "": "it is not a file"}.get(name, "it is not a .docx file")
        with pytest.raises(UsageError, match=f"template .*{re.escape(name)} cannot be used: {why}; .* saved as .docx"):
            made(RICH, template=tmp_path / name)


def test_the_option_serves_word_alone(run: Run, tmp_path: Path) -> None:
    """From the command line: into a file of a house's look; with another format it is refused, and so is a terminal's."""
    template = house(tmp_path / "house.docx")
    target = tmp_path / "brief.docx"
    day = ("--data", str(ATOLLS), "--as-of", "2031-06-01")
    done = run("country", "aru", *day, "-o", str(target), "--template", str(template))
    assert (done.returncode, done.stdout) == (0, "")
    file: Any = docx.Document(str(target))
    assert file.styles["Heading 1"].font.size == Pt(30)
    done = run("country", "aru", *day, "--template", str(template))
    assert done.returncode == 2
    assert "--template is for the format docx only, and this is markdown" in done.stderr
    done = run("country", "aru", *day, "-o", str(target), "--template", str(tmp_path / "x.docx"))
    assert done.returncode == 2
    assert "x.docx cannot be used: there is no such file" in done.stderr


@pytest.mark.office
@needs_libreoffice
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_libreoffice_shows_a_page_with_all_its_notes(shipped: Base, tmp_path: Path, lang: Lang) -> None:
    """A brief and a country take two pages or three; every title, note and number of a page is on paper."""
    first = shipped.pack.countries[0]
    for name, pages_ in (("brief", brief_page(shipped, DAY)), ("country", country_page(shipped, DAY, first))):
        target = tmp_path / f"{name}.docx"
        target.write_bytes(binary_renderer("docx")(pages_, How(lang=lang)))
        found = pages(convert(target, "pdf"))
        assert 1 < len(found) <= 3
        words = "".join("".join(found).split())
        for part in pages_.sections:
            assert part.title is None or "".join(part.title.pick(lang).split()) in words
        for note in Footnotes(pages_).notes:
            for _, cited, _ in note.parts:
                assert all("".join(each.words.pick(lang).split()) in words for each in cited)
        for number, page in enumerate(found, start=1):
            assert f"{number}/{len(found)}" in "".join(page.split())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.example.org/a/", "example.org/a"),
        ("HTTP://example.org/?p=1", "example.org/?p=1"),
        ("javascript:alert(1)", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_paper_shows_what_a_reader_types(url: str | None, shown: str) -> None:
    """An address without its scheme; what is no address of the web is not shown as one."""
    assert shown_address(url) == shown


def test_values_stand_under_each_other(shipped: Base) -> None:
    """Tables of labels and values have the same columns in all sections."""
    file = made(country_page(shipped, DAY, "kazakhstan"))
    wide = {tuple(column.width for column in table.columns) for table in file.tables if len(table.columns) == 2}
    assert len(wide) == 1


def test_a_table_that_no_page_holds_is_refused() -> None:
    """As in a PDF; it takes a minute for 300 columns, and nobody could read it."""
    heads = tuple(Column(title=same(str(n))) for n in range(64))
    table = Table(columns=heads, rows=(tuple(Cell(text=same("x")) for _ in heads),))
    wide = Document(
        title=same("t"),
        as_of="2026-11-22",
        sections=(Section(title=None, blocks=(table,)),),
        citations={},
        notes={},
    )
    with pytest.raises(UsageError, match="no room for a table of 64 columns"):
        binary_renderer("docx")(wide, How())
