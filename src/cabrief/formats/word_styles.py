"""The look of a Word file: its styles, its fonts, its pages, or those of a house whose file serves as a template.

Of a template every style stays as it is; what the report needs and the template lacks is added.
"""

from __future__ import annotations

from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from cabrief.language.text import Lang
from cabrief.model.frozen import Frozen

DARK_BLUE, GREY = "1F3864", "595959"  # dark blue of headings; grey that is dark enough on white (7:1)
TABLE_STYLE = "Brief Table"
TABLE_TEXT = "Brief Table Text"
BULLET = "List Bullet"
LANGUAGES: dict[Lang, str] = {"en": "en-GB", "ja": "ja-JP"}


class Faces(Frozen):
    """Fonts of running text and of headings: for Latin letters and for East Asian characters."""

    text: tuple[str, str]
    head: tuple[str, str]


FACES: dict[Lang, Faces] = {
    "en": Faces(text=("Calibri", "Yu Gothic"), head=("Calibri", "Yu Gothic")),
    "ja": Faces(text=("Times New Roman", "Yu Mincho"), head=("Arial", "Yu Gothic")),
}
# What Word takes where a font is missing: the name that Windows had before, then any font of that make.
FALLBACKS = {"Yu Mincho": ("MS Mincho", "roman"), "Yu Gothic": ("MS Gothic", "swiss")}


class Look(Frozen):
    """A paragraph style of our own: size in points, space above and below in points."""

    size: float = 10
    before: float = 0
    after: float = 0
    bold: bool = False
    color: str = ""
    head: bool = False  # whether it takes the fonts of headings
    next: bool = False  # whether it stays on the page of what follows
    level: int = 0  # level of a heading


LOOKS: dict[str, Look] = {
    "Normal": Look(after=4),
    "Title": Look(size=18, after=0, bold=True, color=DARK_BLUE, head=True, next=True),
    "Subtitle": Look(size=10, after=6, color=GREY),
    "Heading 1": Look(size=12.5, before=9, after=3, bold=True, color=DARK_BLUE, head=True, next=True, level=1),
    "Heading 2": Look(size=10.5, before=6, after=2, bold=True, color=DARK_BLUE, head=True, next=True, level=2),
    "Heading 3": Look(size=10, before=4, after=2, bold=True, color=GREY, head=True, next=True, level=3),
    BULLET: Look(after=2),
    "Caption": Look(size=9, before=4, after=3, color=GREY),
    "Header": Look(size=8, color=GREY),
    "Footer": Look(size=8, color=GREY),
    "footnote text": Look(size=7.5),
    TABLE_TEXT: Look(size=9, before=1, after=1),
}


def new_document(lang: Lang) -> WordDocument:
    """An empty file with our own look, on A4."""
    document = docx.Document()
    part = document.sections[0]
    part.page_width, part.page_height = Cm(21), Cm(29.7)
    part.left_margin = part.right_margin = Cm(2)
    part.top_margin, part.bottom_margin = Cm(1.9), Cm(1.7)
    part.header_distance = part.footer_distance = Cm(0.9)
    _drop_table_styles(document)
    known = {str(style.name) for style in document.styles}
    for name in LOOKS:
        _look(document, name, lang, known)
    _fonts(_defaults(document), FACES[lang].text)
    _font_table(document)
    return document


def add_missing_styles(document: WordDocument, lang: Lang) -> None:
    """Add the styles that a report needs and the file lacks, in the fonts of the house, and name its language."""
    _speak(document, lang)
    there = {str(style.name) for style in document.styles}
    for name in LOOKS:
        if name not in there:
            _look(document, name, None, there)
    if BULLET not in there:
        _bulleted(document)
    for name, color, up in (("footnote reference", "", True), ("Hyperlink", "0B4F9E", False)):
        if name not in there:
            style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
            style.font.superscript = up or None
            if color:
                style.font.color.rgb = RGBColor.from_string(color)
    if TABLE_STYLE not in there:
        document.styles.element.append(parse_xml(_TABLE))


def _drop_table_styles(document: WordDocument) -> None:
    """Drop the hundred table styles of the library's own template, which nobody uses and every lookup would read."""
    for style in document.styles.element.xpath("w:style[@w:type='table'][not(@w:default)]"):
        style.getparent().remove(style)


def _look(document: WordDocument, name: str, lang: Lang | None, known: set[str]) -> None:
    """Give a style our look; make it where it is not among the known ones. Without a language it keeps the file's fonts."""
    look = LOOKS[name]
    styles: Any = document.styles
    style = (
        styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name[:5] != "Brief")
    )
    if name not in known and name != "Normal":
        style.base_style = styles["Normal"]
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    font.color.rgb = RGBColor.from_string(look.color) if look.color else None
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.keep_with_next = look.next
    if lang:
        _fonts(style.element.get_or_add_rPr(), FACES[lang].head if look.head else FACES[lang].text)
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:  # the line under the titles of the library's own template
        style.element.pPr.remove(borders)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    if look.level and style.element.pPr.find(qn("w:outlineLvl")) is None:
        style.element.pPr.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{look.level - 1}"/>'))


def _fonts(properties: Any, faces: tuple[str, str]) -> None:
    """Name fonts outright instead of those of a theme."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for name, face in zip(("ascii", "hAnsi", "cs", "eastAsia"), (faces[0],) * 3 + (faces[1],), strict=True):
        fonts.set(qn(f"w:{name}"), face)


def _defaults(document: WordDocument) -> Any:
    """What holds where no style speaks: an element `w:rPr`, made where there is none."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = parse_xml(f"<w:docDefaults {nsdecls('w')}/>")
        document.styles.element.insert(0, defaults)
    for name in ("w:rPrDefault", "w:rPr"):
        inner = defaults.find(qn(name))
        if inner is None:
            inner = OxmlElement(name)
            defaults.insert(0, inner)
        defaults = inner
    return defaults


def _speak(document: WordDocument, lang: Lang) -> None:
    """Name the language of the words, by which programs spell and choose the shapes of characters."""
    properties = _defaults(document)
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    latin = "en-GB" if lang == "en" else "en-US"
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{latin}" w:eastAsia="ja-JP" w:bidi="ar-SA"/>'))


def _font_table(document: WordDocument) -> None:
    """Say what may stand for the East Asian fonts where they are missing."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="80"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (other, family) in FALLBACKS.items()
    )
    table: Any = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    whole = table.blob.decode("utf-8")
    table._blob = whole.replace("</w:fonts>", f"{fonts}</w:fonts>").encode()


def _bulleted(document: WordDocument) -> None:
    """Give the list style of a template that had none its bullets."""
    numbering = _numbering(document)
    taken = [int(found) for found in numbering.xpath("w:abstractNum/@w:abstractNumId | w:num/@w:numId")]
    number = max(taken, default=0) + 1
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl>'
    )
    shape = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{level}</w:abstractNum>')
    numbering.insert(len(numbering.findall(qn("w:abstractNum"))), shape)
    abstract = f'<w:abstractNumId w:val="{number}"/>'
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{abstract}</w:num>'))
    style: Any = document.styles[BULLET]
    properties = style.element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number


def _numbering(document: WordDocument) -> Any:
    """The part of a file that numbers lists; made where there is none."""
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        part = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return element


_LINE = 'w:val="single" w:sz="{}" w:space="0" w:color="{}"'
_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BriefTable">
  <w:name w:val="{TABLE_STYLE}"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top {_LINE.format(8, DARK_BLUE)}/><w:bottom {_LINE.format(8, DARK_BLUE)}/><w:insideH {_LINE.format(4, "BFBFBF")}/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E7ECF4"/></w:tcPr>
  </w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>
"""
