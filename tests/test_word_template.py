"""A Word file of unknown origin as template: its look comes through, and nothing hidden, remote, personal or active does."""

import io
import struct
import subprocess
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
import pytest
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from cabrief.errors import UsageError
from cabrief.formats import How, binary_renderer
from cabrief.formats.word_template import MOST_ELEMENTS
from cabrief.formats.word_template.hiding import Hiding
from cabrief.formats.word_template.pictures import MOST_PIXELS, clean_picture
from office import convert, needs_libreoffice, pages
from test_renderers import RICH
from test_word import PART, altered, field, house, made, relation

RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OUTSIDE = ' TargetMode="External"'
DRAWN = (
    nsdecls("w", "wp", "a", "pic", "r")
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(red: int = 0, *, more: bytes = b"", wide: int = 8) -> bytes:
    """A picture of one colour, by which it is told from others."""
    head = struct.pack(">IIBBBBB", wide, 8, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes((red, 90, 40)) * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(*, more: bytes = b"") -> bytes:
    """A picture as far as its segments go."""
    frame = segment(0xC0, bytes((8, 0, 8, 0, 8, 1, 1, 0x11, 0)))
    first = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01" + b"thu")
    scan = segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + first + more + segment(0xDB, bytes(65)) + frame + scan + b"\xff\xd9"


def drawn(id_: str, *, about: str = "", blip: str = "", inline: str = "inline") -> str:
    """A run with a picture, as Word writes it."""
    return (
        f'<w:r><w:drawing {DRAWN}><wp:{inline} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" cy="360000"/>'
        f'<wp:docPr id="1" name="Logo" {about}/><a:graphic><a:graphicData uri="{PICTURE}"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{id_}">{blip}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        f"</pic:pic></a:graphicData></a:graphic></wp:{inline}></w:drawing></w:r>"
    )


def box(words: str, *, style: str = "width:90pt;height:20pt", more: str = "") -> str:
    """A text box of old, in a run."""
    return (
        f'<w:r><w:pict {DRAWN}><v:shape style="{style}" {more}><v:textbox><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r>'
        "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def template(
    folder: Path,
    *,
    header: str = "",
    styles: str = "",
    changed: dict[str, tuple[bytes, bytes]] | None = None,
    media: dict[str, bytes] | None = None,
    relations: bytes = b"",
) -> Path:
    """The house's file with more in its header, more styles, and pictures of its header: rP1 the first, rP2 the next."""
    pictures = media or {}
    related = b"".join(relation(f"rP{n}", "image", f"media/{name}") for n, name in enumerate(pictures, start=1))
    kinds = b"".join(
        f'<Default Extension="{end}" ContentType="image/{end}"/>'.encode()
        for end in sorted({name.rpartition(".")[2] for name in pictures} - {"jpeg"})
    )
    with zipfile.ZipFile(house(folder / "house.docx")) as made_:
        kinds = b"" if b'Extension="png"' in made_.read("[Content_Types].xml") else kinds
    return altered(
        folder / "house.docx",
        folder / "odd.docx",
        {
            "word/header1.xml": (b"</w:p>", header.encode() + b"</w:p>"),
            "word/styles.xml": (b"</w:styles>", styles.encode() + b"</w:styles>"),
            "[Content_Types].xml": (b"</Types>", kinds + b"</Types>"),
            **(changed or {}),
        },
        {f"word/media/{name}": raw for name, raw in pictures.items()}
        | {"word/_rels/header1.xml.rels": RELATIONS + related + relations + b"</Relationships>"},
    )


def parts(source: Path) -> dict[str, bytes]:
    """Parts of a report in the look of a template."""
    with zipfile.ZipFile(io.BytesIO(binary_renderer("docx")(RICH, How(template=source)))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert any(b"House of Aru" in raw for raw in found.values())
    return found


def header_of(found: dict[str, bytes]) -> str:
    (raw,) = (raw for name, raw in found.items() if name.startswith("word/header"))
    return raw.decode()


def leaks(found: dict[str, bytes], *words: str) -> list[str]:
    """Those of some words that stand in a part or in its name."""
    whole = b"".join(name.encode() + raw for name, raw in found.items()).lower()
    return [word for word in words if word.lower().encode() in whole]


# Pictures


def test_a_picture_that_nothing_shows_stays_behind(tmp_path: Path) -> None:
    """Pictures of deleted, hidden and dropped content; the one that is shown stays, under a name of ours."""
    header = "".join(
        (
            drawn("rP1"),
            f"<w:del>{drawn('rP2')}</w:del>",
            drawn("rP3").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1),
            drawn("rP4", about='hidden="1"'),
            field("IF 1 = 1").replace("</w:instrText></w:r>", "</w:instrText></w:r>" + drawn("rP5")),
        )
    )
    media = {f"client{n}.png": png(n) for n in range(1, 7)}  # nothing refers to the sixth
    source = template(tmp_path, header=header, media=media)
    found = parts(source)
    assert [raw for name, raw in found.items() if "media" in name] == [png(1)]
    assert leaks(found, "client", "rP2", "rP6") == []
    out = made(RICH, template=source).sections[0].header.part
    assert [each.target_part.blob for each in out.rels.values()] == [png(1)]


@pytest.mark.parametrize(
    ("sides", "stays"), [("", True), ('l="0" r="0"', True), ('l="5000"', False), ('t="0" b="-1"', False)], ids=str
)
def test_a_picture_that_is_cropped_stays_behind(tmp_path: Path, sides: str, stays: bool) -> None:  # noqa: FBT001
    """The file would hold what is cut off."""
    cut = drawn("rP1").replace("<a:stretch>", f"<a:srcRect {sides}/><a:stretch>")
    found = parts(template(tmp_path, header=cut, media={"a.png": png()}))
    assert bool([name for name in found if "media" in name]) == stays


def test_a_drawing_of_old_that_is_cropped_stays_behind(tmp_path: Path) -> None:
    """In its way of writing."""
    for crop, stays in (("0", True), ("0f", True), ("655f", False), (".01", False)):
        image = f'<v:imagedata r:id="rP1" croptop="{crop}"/>'
        header = f'<w:r><w:pict {DRAWN}><v:shape style="width:90pt;height:20pt">{image}</v:shape></w:pict></w:r>'
        found = parts(template(tmp_path, header=header, media={"a.png": png()}))
        assert bool([name for name in found if "media" in name]) == stays, crop


def test_a_picture_loses_what_is_written_in_it(tmp_path: Path) -> None:
    """Text, days and places of PNG and JPEG; pixels stay. What lies behind its end is none of it."""
    written = [
        chunk(b"tEXt", b"Author\0client"),
        chunk(b"zTXt", b"client"),
        chunk(b"iTXt", b"client"),
        chunk(b"tIME", b"client!"),
        chunk(b"eXIf", b"client"),
        chunk(b"prIv", b"client"),
        chunk(b"gAMA", b"much more than a number"),
    ]
    dark = chunk(b"gAMA", struct.pack(">I", 45455))
    assert clean_picture(png(7, more=b"".join(written) + dark) + b"client") == ("png", png(7, more=dark))
    told = (
        segment(0xE1, b"Exif\0\0client")
        + segment(0xED, b"client")
        + segment(0xFE, b"client")
        + segment(0xE2, b"client")
    )
    adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")
    kind, raw = clean_picture(jpeg(more=told + adobe) + b"client") or ("", b"")
    assert kind == "jpeg"
    assert b"client" not in raw
    assert b"thu" not in raw, "the small picture in it"
    assert raw == jpeg(more=adobe).replace(b"\x01\x01thu", b"\0\0").replace(b"\xff\xe0\x00\x13", b"\xff\xe0\x00\x10")
    found = parts(template(tmp_path, header=drawn("rP1"), media={"a.png": png(7, more=b"".join(written))}))
    assert [raw for name, raw in found.items() if "media" in name] == [png(7)]


@pytest.mark.one_in(7)
@pytest.mark.parametrize(
    "raw",
    [
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://evil.example'/></svg>",
        b"\x01\0\0\0" + bytes(36) + b" EMF",
        b"",
        png()[:-20],
        png()[:-1],
        png().replace(b"IDAT", b"IDAX"),
        png(wide=MOST_PIXELS),
        jpeg()[:-2],
        jpeg()[:30],
        jpeg().replace(bytes((8, 0, 8, 0, 8, 1)), b"\x08\xff\xff\xff\xff\x01"),
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\x00\x00\xff\xd9",
    ],
    ids=range(13),
)
def test_a_picture_that_is_damaged_or_of_another_kind_is_left_out(tmp_path: Path, raw: bytes) -> None:
    """With the drawing that shows it; the header stays."""
    assert clean_picture(raw) is None
    found = parts(template(tmp_path, header=drawn("rP1"), media={"a.png": raw}))
    assert [name for name in found if "media" in name] == []
    assert "drawing" not in header_of(found)


def test_a_vector_picture_leaves_its_raster(tmp_path: Path) -> None:
    """SVG may fetch, run and hold comments; Word puts a raster beside it."""
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><!-- client --><image href='http://evil.example'/></svg>"
    blip = '<a:extLst><a:ext uri="{96DAC541}"><asvg:svgBlip r:embed="rP2"/></a:ext></a:extLst>'
    found = parts(template(tmp_path, header=drawn("rP1", blip=blip), media={"a.png": png(1), "b.svg": svg}))
    assert [raw for name, raw in found.items() if "media" in name] == [png(1)]
    assert leaks(found, "client", "evil", "svg") == []


def test_lists_lose_pictures_and_names_and_what_nobody_uses(tmp_path: Path) -> None:
    """A bullet that is a picture may fetch; a list of the template's own text says what that text was."""
    bullet = (
        f'<w:numPicBullet w:numPicBulletId="0"><w:pict {PART}><v:shape><v:imagedata src="http://evil.example" '
        'o:href="http://evil.example"/></v:shape></w:pict></w:numPicBullet>'
    )
    lists = (
        '<w:abstractNum w:abstractNumId="90"><w:nsid w:val="00C11E27"/><w:name w:val="client"/><w:lvl w:ilvl="0" w:tplc="00C11E27">'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/><w:lvlPicBulletId w:val="0"/>{}</w:lvl></w:abstractNum>'
    )
    numbers = '<w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
    whole = "".join(
        (
            lists.format("shown", ""),
            lists.replace("90", "91").format("client", ""),
            lists.replace("90", "92").format("client", "<w:rPr><w:vanish/></w:rPr>"),
            *(numbers.format(number) for number in (90, 91, 92)),
        )
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="L{number}"><w:name w:val="L{number}"/><w:pPr><w:numPr><w:numId w:val="{number}"/>'
        "</w:numPr></w:pPr></w:style>"
        for number in (90, 92)
    )
    with zipfile.ZipFile(house(tmp_path / "house.docx")) as archive:
        raw = archive.read("word/numbering.xml")
    opening = raw[raw.index(b"<w:numbering") : raw.index(b">", raw.index(b"<w:numbering")) + 1]
    changed = {
        "word/numbering.xml": (raw[raw.index(opening) :], opening + (bullet + whole).encode() + b"</w:numbering>")
    }
    found = parts(template(tmp_path, styles=styles, changed=changed))
    assert leaks(found, "client", "evil", "00C11E27", "PicBullet") == []
    assert b'"shown"' in found["word/numbering.xml"]


# Hidden text

VANISH = "<w:rPr><w:vanish/></w:rPr>"
STYLE = '<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/>{}</w:style>'
RUN = "<w:r><w:t>client</w:t></w:r>"
ROW = f"</w:p><w:tbl>{{}}<w:tr>{{}}<w:tc>{{}}<w:p>{RUN}</w:p></w:tc></w:tr></w:tbl><w:p>"


def based(kind: str, name: str, more: str = VANISH) -> str:
    """Three styles, each based on the next; the last hides."""
    chain = (
        (f"{name}", f'<w:basedOn w:val="{name}2"/>'),
        (f"{name}2", f'<w:basedOn w:val="{name}3"/>'),
        (f"{name}3", more),
    )
    return "".join(STYLE.format(kind, each, each, inner) for each, inner in chain)


@pytest.mark.one_in(9)
@pytest.mark.parametrize(
    ("header", "styles"),
    [
        ('<w:r><w:rPr><w:rStyle w:val="A"/></w:rPr><w:t>client</w:t></w:r>', based("character", "A")),
        (f'</w:p><w:p><w:pPr><w:pStyle w:val="B"/></w:pPr>{RUN}', based("paragraph", "B")),
        (ROW.format('<w:tblPr><w:tblStyle w:val="C"/></w:tblPr>', "", ""), based("table", "C")),
        (
            ROW.format('<w:tblPr><w:tblStyle w:val="D"/></w:tblPr>', "", ""),
            based("table", "D", f'<w:tblStylePr w:type="firstRow">{VANISH}</w:tblStylePr>'),
        ),
        (
            ROW.format('<w:tblPr><w:tblStyle w:val="E"/></w:tblPr>', "", ""),
            based("table", "E", "<w:trPr><w:hidden/></w:trPr>"),
        ),
        (ROW.format("", "<w:trPr><w:hidden/></w:trPr>", ""), ""),
        (ROW.format("", '<w:trPr><w:hidden w:val="true"/></w:trPr>', ""), ""),
        (ROW.format("", "", "<w:tcPr><w:cellDel/></w:tcPr>"), ""),
        ("<w:r><w:rPr><w:b/></w:rPr><w:rPr><w:vanish/></w:rPr><w:t>client</w:t></w:r>", ""),
        (box("client", style="width:90pt;visibility:hidden"), ""),
        (box("client", style="width:90pt; Visibility : Hidden ;height:9pt"), ""),
        (box("client", style="width:90pt;visibility/**/:hidden"), ""),
        (box("client", style="display:none"), ""),
        (box("client", more='print="f"'), ""),
        (drawn("rP1", about='hidden="1" descr="client"'), ""),
        (drawn("rP1", about='hidden="true" descr="client"', inline="anchor"), ""),
        (field("PAGE").replace("<w:instrText>", "<w:t>client</w:t><w:instrText>"), ""),
        (field("PAGE \\* MERGEFORMAT client"), ""),
        (
            field("PAGE").replace('"begin"/>', '"begin"><w:ffData><w:helpText w:val="client"/></w:ffData></w:fldChar>'),
            "",
        ),
        ("<w:r>client<w:rPr>client<w:b/>client</w:rPr></w:r>", ""),
        ("<w:r><w:rPr><w:b/><w:t>client</w:t></w:rPr></w:r>", ""),
        ("<w:r><w:t>a\u200bb&#xE0063;</w:t></w:r>", ""),
        (ROW.format("", "", "<w:tcPr><w:vMerge/></w:tcPr>"), ""),
        (ROW.format("", "", '<w:tcPr><w:hMerge w:val="continue"/></w:tcPr>'), ""),
        ('<w:r w:styleId="words of a client" w:name="words of a client"><w:t>x</w:t></w:r>', ""),
        (box("x", more='string="client"'), ""),
        (box("x", more='gain="a client of ours"'), ""),
        (box("x", style="width:90pt;mso-note:a client of ours"), ""),
        (box("x", more='path="m0,0 client"'), ""),
        (field('PAGE \\@ "client"'), ""),
        (field('DATE \\@ "d MMMM client"'), ""),
        (field("PAGE \\z client"), ""),
        (field("PAGE \\# client"), ""),
        (field(f'DATE \\@ "{"y" * 60} client"'), ""),
        (field(f'DATE \\@ "{"yyyy MMMM " * 12}client!"'), ""),
    ],
    ids=range(35),
)
def test_hidden_text_stays_behind(tmp_path: Path, header: str, styles: str) -> None:
    """However it is hidden; no style of the output hides anything."""
    found = parts(template(tmp_path, header=header, styles=styles, media={"a.png": png()}))
    assert leaks(found, "client", "vanish", "w:hidden", "\u200b", "\U000e0063") == []
    assert [name for name in found if "media" in name] == []


@pytest.mark.one_in(2)
@pytest.mark.parametrize("kind", ["defaults", "paragraph"])
def test_what_is_hidden_by_default_stays_behind(tmp_path: Path, kind: str) -> None:
    """And the report, in the same styles, is seen."""
    changed = {
        "defaults": {"word/styles.xml": (b"<w:rPrDefault><w:rPr>", b"<w:rPrDefault><w:rPr><w:vanish/>")},
        "paragraph": {"word/styles.xml": (b'<w:name w:val="Normal"/>', f'<w:name w:val="Normal"/>{VANISH}'.encode())},
    }[kind]
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>House of Aru</w:t></w:r>'
    # paragraphs of headers are based on Normal
    found = parts(template(tmp_path, header=RUN + shown, changed=changed))
    assert leaks(found, "client", "vanish") == []
    assert header_of(found).count("House of Aru") == 1


def test_a_style_may_show_again_what_another_hides(tmp_path: Path) -> None:
    """As in Word, the nearest style that says anything decides; styles in a ring hide nothing."""
    seen = STYLE.format("character", "S", "S", '<w:basedOn w:val="A"/><w:rPr><w:vanish w:val="off"/></w:rPr>')
    ring = "".join(
        STYLE.format("character", one, one, f'<w:basedOn w:val="{other}"/>') for one, other in (("X", "Y"), ("Y", "X"))
    )
    header = "".join(f'<w:r><w:rPr><w:rStyle w:val="{each}"/></w:rPr><w:t>by{each}</w:t></w:r>' for each in "ASX")
    found = header_of(parts(template(tmp_path, header=header, styles=based("character", "A") + seen + ring)))
    assert [each for each in "ASX" if f"by{each}" in found] == ["S", "X"]


def test_the_number_of_a_hidden_paragraph_stays_behind(tmp_path: Path) -> None:
    """Whether its mark, its style or the style of the number hides it."""
    hidden = based("character", "A") + based("paragraph", "B")
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9{}"/></w:numPr>'
    seen = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>'
    lines = (
        numbered.format(0) + VANISH,
        f'<w:pStyle w:val="B"/>{numbered.format(1)}',
        numbered.format(2),
        numbered.format(3),
    )
    header = "".join(f"</w:p><w:p><w:pPr>{each}</w:pPr>{seen}" for each in lines)
    level = (
        '<w:abstractNum w:abstractNumId="9{0}"><w:lvl w:ilvl="0"><w:lvlText w:val="{1} %1"/>{2}</w:lvl></w:abstractNum>'
    )
    styled = '<w:rPr><w:rStyle w:val="A"/></w:rPr>'
    lists = "".join(level.format(n, "shown" if n == 3 else "client", styled if n == 2 else "") for n in range(4))
    lists += "".join(f'<w:num w:numId="9{n}"><w:abstractNumId w:val="9{n}"/></w:num>' for n in range(4))
    changed = {"word/numbering.xml": (b"</w:numbering>", lists.encode() + b"</w:numbering>")}
    found = parts(template(tmp_path, header=header, styles=hidden, changed=changed))
    assert leaks(found, "client", "vanish") == []
    assert b'"shown %1"' in found["word/numbering.xml"]
    assert header_of(found).count("seen") == 4


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("side", "switch"),
    [
        ("first", ("word/document.xml", b"</w:sectPr>", b"<w:titlePg/></w:sectPr>")),
        ("even", ("word/settings.xml", b"</w:settings>", b"<w:evenAndOddHeaders/></w:settings>")),
    ],
)
def test_a_header_of_pages_that_are_not_told_apart_stays_behind(
    tmp_path: Path, side: str, switch: tuple[str, bytes, bytes]
) -> None:
    """Word shows the header of a first or an even page only where it is told to."""
    file: Any = docx.Document()
    file.sections[0].header.paragraphs[0].text = "House of Aru"
    header = file.sections[0].first_page_header if side == "first" else file.sections[0].even_page_header
    header.paragraphs[0].text = "client"
    file.save(str(tmp_path / "unseen.docx"))
    assert leaks(parts(tmp_path / "unseen.docx"), "client") == []
    name, was, now = switch
    shown = altered(tmp_path / "unseen.docx", tmp_path / "seen.docx", {name: (was, now)})
    assert leaks(parts(shown), "client") == ["client"]


def test_settings_hold_no_words(tmp_path: Path) -> None:
    """Characters that begin no line stay, in an order of their own."""
    told = (
        '<w:noLineBreaksAfter w:lang="ja-JP" w:val="client"/><w:decimalSymbol w:val=","/><w:listSeparator w:val="of client"/>'
        '<w:compat><w:compatSetting w:name="words of a client" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    changed = {"word/settings.xml": (b"<w:compat>", told.encode())}
    found = parts(template(tmp_path, changed=changed))
    assert leaks(found, "client") == []
    assert [
        each for each in (b'"ceilnt"', b'w:decimalSymbol w:val=","') if each not in found["word/settings.xml"]
    ] == []


# What a file says of people and of other files


@pytest.mark.one_in(5)
@pytest.mark.parametrize(
    ("header", "there"),
    [
        (drawn("rP1", about='descr="client" title="client"').replace('name="Logo"', 'name="client"'), "<w:drawing"),
        (
            drawn("rP1", about='x:y="client" xmlns:x="http://client.example"').replace(
                "<wp:extent", '<x:z xmlns:x="http://client.example">client</x:z><wp:extent'
            ),
            "<w:drawing",
        ),
        (
            drawn("rP1").replace(
                "/><a:graphic>", '><a:hlinkClick r:id="rH" tooltip="client"/></wp:docPr><a:graphic>', 1
            ),
            "<w:drawing",
        ),
        (
            f'<w:r><w:pict {DRAWN}><v:shape alt="client" title="client" id="client" href="http://client.example" '
            'o:gfxdata="client" style="width:9pt;mso-x:url(http://client)"><v:imagedata r:id="rP1" o:title="client"/>'
            "</v:shape></w:pict></w:r>",
            "<v:imagedata",
        ),
        (
            '<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rH" '
            'w:docLocation="client" w:tooltip="client" w:tgtFrame="client" w:anchor="client"><w:r><w:t>site</w:t></w:r></w:hyperlink>',
            "site",
        ),
        ("<w:r><w:rPr><w:jc w:val='words of a client'/><w:b/></w:rPr><w:t>seen</w:t></w:r>", "seen"),
        ('<w:r w:rsidR="00C11E27" w:client="1"><w:t>seen</w:t></w:r>', "seen"),
        (
            '</w:p><w:tbl><w:tblPr><w:tblCaption w:val="client"/><w:tblDescription w:val="client"/></w:tblPr><w:tr><w:tc><w:p>'
            "<w:r><w:t>seen</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p>",
            "seen",
        ),
        (
            f"<w:r><mc:AlternateContent {DRAWN}><mc:Choice Requires='wps'><w:drawing><client/></w:drawing></mc:Choice><mc:Fallback>"
            f"{box('seen')[5:-6]}</mc:Fallback></mc:AlternateContent></w:r>",
            "seen",
        ),
    ],
    ids=range(9),
)
def test_what_nobody_sees_of_what_is_shown_stays_behind(tmp_path: Path, header: str, there: str) -> None:
    """Names of pictures, descriptions, tooltips, numbers of sessions, other programs' elements; the thing itself stays."""
    relations = relation("rH", "hyperlink", "https://house.example/", OUTSIDE)
    found = parts(template(tmp_path, header=header, media={"a.png": png()}, relations=relations))
    assert leaks(found, "client", "00C11E27", "AlternateContent", "Choice") == []
    assert there in header_of(found)
    assert leaks(found, "house.example") == (["house.example"] if "w:hyperlink" in header else [])


def test_a_link_without_words_stays_behind(tmp_path: Path) -> None:
    """Nobody sees it, but its address would stand in the file."""
    link = f'<w:hyperlink {PART} r:id="rH"><w:r>{VANISH}<w:t>x</w:t></w:r><w:r><w:t> </w:t></w:r></w:hyperlink>'
    relations = relation("rH", "hyperlink", "https://evil.example/", OUTSIDE)
    assert leaks(parts(template(tmp_path, header=link, relations=relations)), "evil") == []


def test_names_in_styles_settings_theme_and_fonts_stay_behind(tmp_path: Path) -> None:
    """Numbers of sessions, aliases, names of themes, fonts that are put into the file, and whatever is unknown."""
    alias = STYLE.format(
        "paragraph",
        "Own",
        "Own",
        '<w:aliases w:val="client"/><w:rsid w:val="00C11E27"/><w:pPr><w:divId w:val="1"/></w:pPr>'
        '<w:rPr><w:rPrChange w:author="client"/></w:rPr>',
    )
    strange = '<x:y xmlns:x="http://client.example" x:z="client">client</x:y>'
    setting = (
        '<w:rsids><w:rsid w:val="00C11E27"/></w:rsids><w:evenAndOddHeaders w:client="client" w:val="0"/></w:settings>'
    )
    compat = '<w:compat><w:client/><w:compatSetting w:name="client" w:uri="http://client.example" w:val="client"/>'
    theme = "<a:objectDefaults><a:txDef><a:t>client</a:t></a:txDef>"
    changed = {
        "word/settings.xml": (b"<w:compat>", compat.encode()),
        "word/theme/theme1.xml": (b"<a:objectDefaults>", theme.encode()),
        "word/fontTable.xml": (
            b"</w:fonts>",
            f'<w:font w:name="Own"><w:embedRegular {PART} r:id="rF" w:fontKey="{{client}}"/></w:font></w:fonts>'.encode(),
        ),
        "word/document.xml": (b"<w:body>", f"{strange}<w:body>".encode()),
    }
    source = template(tmp_path, styles=alias + strange, changed=changed)
    source = altered(source, tmp_path / "more.docx", {"word/settings.xml": (b"</w:settings>", setting.encode())})
    with zipfile.ZipFile(source) as archive:
        name = archive.read("word/theme/theme1.xml").partition(b'name="')[2].partition(b'"')[0]
    source = altered(source, tmp_path / "named.docx", {"word/theme/theme1.xml": (b'name="' + name, b'name="client')})
    found = parts(source)
    assert leaks(found, "client", "00C11E27", "embedRegular") == []
    assert b'w:styleId="Own"' in found["word/styles.xml"]
    assert b"evenAndOddHeaders" in found["word/settings.xml"]
    (colours,) = (raw for name, raw in found.items() if "theme" in name and "rels" not in name)
    assert b"<a:accent1>" in colours


@pytest.mark.parametrize("name", ["footnote text", "footnote reference"])
def test_the_id_of_a_style_stays_a_value(tmp_path: Path, name: str) -> None:
    """A template may call its styles anything; in the notes that is no markup."""
    id_ = 'x"/></w:pPr><w:r><w:instrText>INCLUDEPICTURE</w:instrText></w:r><w:pPr><w:pStyle w:val="& <x'
    kind = "paragraph" if name == "footnote text" else "character"
    style = f'<w:style w:type="{kind}" w:styleId={quoteattr(id_)}><w:name w:val="{name}"/></w:style>'
    notes = parts(template(tmp_path, styles=style))["word/footnotes.xml"]
    assert id_ in {each.get(qn("w:val")) for each in etree.fromstring(notes).iter(qn("w:pStyle"), qn("w:rStyle"))}
    assert b"<w:instrText>" not in notes


def test_many_pieces_of_one_thing_cost_no_more_than_their_size(tmp_path: Path) -> None:
    """A picture of a million empty segments is none; a level of a list has its words looked at once."""
    assert clean_picture(jpeg(more=segment(0xDB, b"") * 20_100)) is None
    assert clean_picture(png(7, more=chunk(b"IDAT", b"") * 20_100)) is None
    assert clean_picture(jpeg(more=segment(0xDB, b"") * 100))
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    words = '<w:lvlText w:val="client"/>' * 80_000
    level = f'<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0">{words}{hidden}</w:lvl></w:abstractNum>'
    level += '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    header = (
        '</w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr><w:r><w:t>seen</w:t></w:r>'
    )
    changed = {"word/numbering.xml": (b"</w:numbering>", level.encode() + b"</w:numbering>")}
    looked = []

    def counting(self: Hiding, level: Any) -> bool:
        looked.append(level)
        return hides_number(self, level)

    hides_number = Hiding.hides_number
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Hiding, "hides_number", counting)
        found = parts(template(tmp_path, header=header, changed=changed))
    assert leaks(found, "client") == []
    assert len(looked) < 100


def test_parts_and_relations_have_names_of_our_own(tmp_path: Path) -> None:
    """A name of a part may tell as much as the part."""
    source = template(tmp_path, header=drawn("rP1"), media={"client.png": png()})
    renamed = tmp_path / "renamed.docx"
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(renamed, "w") as new:
        for name in archive.namelist():
            raw = archive.read(name).replace(b"header1.xml", b"client.xml").replace(b"rP1", b"client")
            new.writestr(name.replace("header1", "client"), raw)
    assert leaks(parts(renamed), "client") == []


# Bounds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "number"),
    [
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', 20_000),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            10_000,
        ),
        ("<w:r><w:t>x</w:t></w:r>", 60_000),
        ('<w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins>', 30_000),
        (f'<w:hyperlink {PART} r:id="r"><w:r><w:t>x</w:t></w:r></w:hyperlink>', 15_000),
        ('<w:fldSimple w:instr="AUTHOR"><w:r><w:t>x</w:t></w:r></w:fldSimple>', 20_000),
    ],
    ids=["begin", "separate", "runs", "insertions", "links", "fields"],
)
def test_time_grows_with_the_length_of_a_header(tmp_path: Path, piece: str, number: int) -> None:
    """And not with its square; no field of the output stands in another."""
    source = template(tmp_path, header=piece * number)
    begun = time.process_time()
    found = parts(source)
    assert time.process_time() - begun < 12, "it takes one or two seconds"
    assert header_of(found).count('"begin"') <= 1


@pytest.mark.one_in(3)
@pytest.mark.parametrize("style", ["visibility:" * 300_000, " " * 3_000_000, ("a" + " " * 50_000) * 60])
def test_a_long_style_takes_no_time(tmp_path: Path, style: str) -> None:
    begun = time.process_time()
    assert parts(template(tmp_path, header=box("x", style=style)))
    assert time.process_time() - begun < 4, "it takes a part of a second"


def test_bounds_of_styles_headers_and_packing(tmp_path: Path) -> None:
    """More styles than Word takes, more elements than a house needs, packing that Word does not write, and a document type are refused; of headers, three are kept."""
    many = "".join(STYLE.format("paragraph", f"S{n}", f"S{n}", "") for n in range(5_000))
    with pytest.raises(UsageError, match="larger than a house style"):
        made(RICH, template=template(tmp_path, styles=many))
    with pytest.raises(UsageError, match="larger than a house style"):
        made(RICH, template=template(tmp_path, header="<w:r/>" * MOST_ELEMENTS))
    good = template(tmp_path)
    odd = tmp_path / "lzma.docx"
    with zipfile.ZipFile(good) as archive, zipfile.ZipFile(odd, "w", zipfile.ZIP_LZMA) as new:
        for name in archive.namelist():
            new.writestr(name, archive.read(name))
    with pytest.raises(UsageError, match=r"it is not a \.docx file"):
        made(RICH, template=odd)
    kinds = altered(good, tmp_path / "typed.docx", {"word/header1.xml": (b"<w:hdr", b"<!DOCTYPE w:hdr><w:hdr")})
    with pytest.raises(UsageError, match=r"it is not a \.docx file"):
        made(RICH, template=kinds)
    more = b'<w:headerReference w:type="other" r:id="rId9"/><w:headerReference w:type="default"'
    others = altered(
        good, tmp_path / "others.docx", {"word/document.xml": (b'<w:headerReference w:type="default"', more)}
    )
    (only,) = made(RICH, template=others).element.body.iter(qn("w:headerReference"))
    assert only.get(qn("w:type")) == "default"


# What comes through

LETTERHEAD = (
    drawn("rP1")
    + '<w:r><w:tab/><w:t xml:space="preserve">Page </w:t></w:r>'
    + field(" PAGE  \\* MERGEFORMAT ")
    + '<w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'
    + "<w:sdt><w:sdtPr><w:alias w:val='Table'/></w:sdtPr><w:sdtContent>"
    + '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/>'
    + '<w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>Ministry</w:t></w:r>'
    + '</w:p></w:tc><w:tc><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>外務省</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    + "</w:sdtContent></w:sdt>"
    + f"<w:p>{box('Sealed', style='position:absolute;margin-left:300pt;margin-top:0;width:90pt;height:30pt')}"
    + f'<w:r><w:pict {DRAWN}><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">'
    + '<v:formulas><v:f eqn="sum #0 0 10800"/></v:formulas><v:textpath on="t" fitshape="t"/></v:shapetype>'
    + '<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" style="position:absolute;width:400pt;height:160pt;rotation:315" '
    + 'fillcolor="silver" stroked="f"><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="DRAFT"/>'
    + "</v:shape></w:pict></w:r>"
)


def letterhead(folder: Path) -> Path:
    file: Any = docx.Document()
    assert file.styles["Table Grid"].style_id == "TableGrid"
    return template(folder, header=LETTERHEAD, media={"logo.png": png(200)})


def test_a_real_letterhead_comes_through(tmp_path: Path) -> None:
    """Picture, tabs, fields, a table and a text box; python-docx reads them."""
    source = letterhead(tmp_path)
    out = made(RICH, template=source).sections[0].header
    assert out.paragraphs[0].text.startswith("House of Aru\tPage ")
    assert [cell.text for cell in out.tables[0].rows[0].cells] == ["Ministry", "外務省"]
    assert out.tables[0].style.name == "Table Grid"
    assert len(out.paragraphs) == 2
    whole = header_of(parts(source))
    expected = ("PAGE", "NUMPAGES", "Sealed", "pic:pic", "margin-left:300pt", 'id="_x0000_t136"', 'string="DRAFT"')
    assert [word for word in expected if word not in whole] == []


@pytest.mark.office
@needs_libreoffice
def test_libreoffice_shows_the_letterhead(tmp_path: Path) -> None:
    """On every page, with numbers of its own; the colour of the picture is on paper."""
    target = tmp_path / "out.docx"
    target.write_bytes(binary_renderer("docx")(RICH, How(template=letterhead(tmp_path))))
    paper = convert(target, "pdf")
    found = pages(paper)
    for number, page in enumerate(found, start=1):
        words = " ".join(page.split())
        assert [word for word in ("House of Aru", "Ministry", "外務省", "Sealed") if word not in words] == []
        assert f"Page {number} of {len(found)}" in words
    subprocess.run(["pdftoppm", "-r", "50", str(paper), str(tmp_path / "page")], check=True)
    assert bytes((200, 90, 40)) in next(tmp_path.glob("page*.ppm")).read_bytes()
