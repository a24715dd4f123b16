"""Names of what stays of a Word file that serves as a template: elements and attributes that say how a page looks.

They are those of ECMA-376, part 1; `v:`, `o:` and `w10:` are of its part 4. What is not named here stays behind.
"""

from __future__ import annotations

from functools import cache

from docx.oxml.ns import nsmap

NAMESPACES = {
    **{prefix: nsmap[prefix] for prefix in ("w", "r", "wp", "a", "pic")},
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}


@cache
def full(name: str) -> str:
    """The full name of an element or attribute with a prefix, as lxml has it."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def in_full(words: str, prefix: str = "w") -> frozenset[str]:
    """Full names; `prefix` is that of names without one."""
    return frozenset(full(word if ":" in word else f"{prefix}:{word}") for word in words.split())


_BLOCKS = "p tbl"
_COLOURS = "a:srgbClr a:sysClr a:schemeClr a:prstClr"
_BORDERS = "top left start bottom right end insideH insideV"
_OF_RUNS = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid color "
    "spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout"
)
_OF_PARAGRAPHS = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl rPr"
)
_OF_TABLES = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook"
)
_OF_ROWS = "gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc"
_LOOKS = "pPr rPr tblPr trPr tcPr"
_SETTINGS = (
    "zoom mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop evenAndOddHeaders "
    "defaultTabStop autoHyphenation hyphenationZone doNotHyphenateCaps characterSpacingControl noLineBreaksAfter "
    "noLineBreaksBefore themeFontLang clrSchemeMapping decimalSymbol listSeparator bookFoldPrinting "
    "drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery "
    "displayVerticalDrawingGridEvery compat"
)
_COMPAT = (
    "useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL noColumnBalance "
    "balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn "
    "spacingInWholePoints lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack wpSpaceWidth showBreaksInFrames "
    "subFontBySize suppressBottomSpacing suppressTopSpacing suppressSpacingAtTopOfPage suppressTopSpacingWP "
    "suppressSpBfAfterPgBrk swapBordersFacingPages convMailMergeEsc truncateFontHeightsLikeWP6 mwSmallCaps "
    "usePrinterMetrics doNotSuppressParagraphBorders wrapTrailSpaces footnoteLayoutLikeWW8 shapeLayoutLikeWW8 "
    "alignTablesRowByRow forgetLastTabAlignment adjustLineHeightInTable autoSpaceLikeWord95 noSpaceRaiseLower "
    "doNotUseHTMLParagraphAutoSpacing layoutRawTableWidth layoutTableRowsApart useWord97LineBreakRules "
    "doNotBreakWrappedTables doNotSnapToGridInCell selectFldWithFirstOrLastChar applyBreakingRules "
    "doNotWrapTextWithPunct doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit useFELayout "
    "useNormalStyleForList doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules allowSpaceOfSameStyleInTable "
    "doNotSuppressIndentation doNotAutofitConstrainedTables autofitToFirstFixedWidthCell underlineTabInNumList "
    "displayHangulFixedWidth splitPgBreakAndParaMark doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable "
    "doNotVertAlignInTxbx useAnsiKerningPairs cachedColBalance compatSetting"
)
# what may stand in what
_CHILDREN = {
    "hdr ftr txbxContent": _BLOCKS,
    "p": "pPr r hyperlink fldSimple",
    "hyperlink": "r fldSimple",
    "fldSimple": "r",
    "r": "rPr t tab ptab br cr sym noBreakHyphen softHyphen pgNum fldChar instrText drawing pict",
    "tbl": "tblPr tblGrid tr",
    "tblGrid": "gridCol",
    "tr": "tblPrEx trPr tc",
    "tc": f"tcPr {_BLOCKS}",
    "rPr": _OF_RUNS,
    "pPr": _OF_PARAGRAPHS,
    "numPr": "ilvl numId",
    "pBdr": "top left bottom right between bar",
    "tabs": "tab",
    "tblPr tblPrEx": _OF_TABLES,
    "trPr": _OF_ROWS,
    "tcPr": "tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders tblCellMar tcMar": _BORDERS,
    "tcBorders": f"{_BORDERS} tl2br tr2bl",
    "document": "body",
    "body": "sectPr",
    "sectPr": "headerReference footerReference type pgSz pgMar pgBorders lnNumType pgNumType cols vAlign noEndnote "
    "titlePg textDirection bidi rtlGutter docGrid",
    "pgBorders": "top left bottom right",
    "cols": "col",
    "styles": "docDefaults style",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "pPrDefault": "pPr",
    "style": f"name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat {_LOOKS} tblStylePr",
    "tblStylePr": _LOOKS,
    "numbering": "abstractNum num",
    "abstractNum": "multiLevelType styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "fonts": "font",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "settings": _SETTINGS,
    "compat": _COMPAT,
    # pictures, and where they stand
    "drawing": "wp:inline wp:anchor",
    "wp:inline wp:anchor": "wp:simplePos wp:positionH wp:positionV wp:extent wp:effectExtent wp:wrapNone wp:wrapSquare "
    "wp:wrapTight wp:wrapThrough wp:wrapTopAndBottom wp:docPr wp:cNvGraphicFramePr a:graphic",
    "wp:positionH wp:positionV": "wp:align wp:posOffset",
    "wp:wrapSquare wp:wrapTopAndBottom": "wp:effectExtent",
    "wp:wrapTight wp:wrapThrough": "wp:wrapPolygon",
    "wp:wrapPolygon": "wp:start wp:lineTo",
    "wp:cNvGraphicFramePr": "a:graphicFrameLocks",
    "a:graphic": "a:graphicData",
    "a:graphicData": "pic:pic",
    "pic:pic": "pic:nvPicPr pic:blipFill pic:spPr",
    "pic:nvPicPr": "pic:cNvPr pic:cNvPicPr",
    "pic:cNvPicPr": "a:picLocks",
    "pic:blipFill": "a:blip a:srcRect a:stretch",
    "a:blip": "a:alphaModFix a:biLevel a:grayscl a:lum",
    "a:stretch": "a:fillRect",
    "pic:spPr": "a:xfrm a:prstGeom a:noFill a:solidFill a:ln",
    "a:xfrm": "a:off a:ext",
    "a:prstGeom": "a:avLst",
    "a:avLst": "a:gd",
    "a:ln": "a:noFill a:solidFill a:prstDash a:round a:bevel a:miter",
    "a:solidFill": _COLOURS,
    "a:srgbClr a:sysClr a:schemeClr a:prstClr": "a:tint a:shade a:alpha a:lumMod a:lumOff a:satMod a:satOff",
    # drawings of old
    "pict v:group": "v:shapetype v:shape v:group v:rect v:roundrect v:oval v:line v:polyline v:arc v:curve",
    "v:shapetype v:shape v:rect v:roundrect v:oval v:line v:polyline v:arc v:curve": "v:stroke v:fill v:shadow v:path "
    "v:formulas v:imagedata v:textbox v:textpath w10:wrap w10:anchorlock",
    "v:formulas": "v:f",
    "v:textbox": "txbxContent",
    # a theme: colours and fonts
    "a:theme": "a:themeElements",
    "a:themeElements": "a:clrScheme a:fontScheme",
    "a:clrScheme": "a:dk1 a:lt1 a:dk2 a:lt2 a:accent1 a:accent2 a:accent3 a:accent4 a:accent5 a:accent6 a:hlink a:folHlink",
    "a:dk1 a:lt1 a:dk2 a:lt2 a:accent1 a:accent2 a:accent3 a:accent4 a:accent5 a:accent6 a:hlink a:folHlink": _COLOURS,
    "a:fontScheme": "a:majorFont a:minorFont",
    "a:majorFont a:minorFont": "a:latin a:ea a:cs a:font",
}
CHILDREN = {tag: in_full(inner) for outer, inner in _CHILDREN.items() for tag in in_full(outer)}

WITH_WORDS = in_full("t instrText wp:align wp:posOffset")  # elements that hold text
UNWRAPPED = in_full("ins moveTo smartTag customXml sdt sdtContent dir bdo")  # what they hold stands in their place
SHAPES = CHILDREN[full("w:pict")] - in_full("v:shapetype")
NAMELESS = in_full("wp:docPr pic:cNvPr a:clrScheme a:fontScheme a:theme")  # their names tell of a person or a file

_OF_WORD = (
    "val type color themeColor themeTint themeShade sz space shadow frame fill themeFill themeFillTint themeFillShade "
    "ascii hAnsi eastAsia cs asciiTheme hAnsiTheme eastAsiaTheme cstheme hint before after beforeLines afterLines "
    "beforeAutospacing afterAutospacing line lineRule left right start end hanging firstLine leftChars rightChars "
    "startChars endChars hangingChars firstLineChars pos leader clear w h orient code top bottom header footer gutter num "
    "equalWidth sep linePitch charSpace fmt chapStyle chapSep countBy distance restart hRule wrap vAnchor hAnchor x y "
    "xAlign yAlign hSpace vSpace anchorLock lines dropCap firstRow lastRow firstColumn lastColumn noHBand noVBand "
    "leftFromText rightFromText topFromText bottomFromText tblpX tblpY horzAnchor vertAnchor tblpXSpec tblpYSpec char "
    "font fldCharType fldLock instr bidi percent default styleId customStyle name uri lang numId abstractNumId ilvl "
    "tentative alignment relativeTo display offsetFrom zOrder vert vertCompress combine combineBrackets usb0 usb1 usb2 "
    "usb3 csb0 csb1 bg1 t1 bg2 t2 accent1 accent2 accent3 accent4 accent5 accent6 hyperlink followedHyperlink"
)
_OF_PICTURES = (
    "distT distB distL distR simplePos relativeHeight behindDoc locked layoutInCell allowOverlap x y cx cy l t r b id "
    "relativeFrom wrapText edited uri noChangeAspect noChangeArrowheads noGrp noSelect noRot noMove noResize noCrop rot "
    "flipH flipV prst fmla w cap cmpd algn lim amt bright contrast thresh val lastClr typeface panose pitchFamily charset "
    "script name"
)
_OF_SHAPES = (
    "id type style coordsize coordorigin path adj filled fillcolor stroked strokecolor strokeweight from to points "
    "arcsize startAngle endAngle control1 control2 inset on fitshape fitpath string trim xscale gradientshapeok "
    "arrowok textboxrect limo eqn v joinstyle endcap dashstyle linestyle miterlimit color color2 opacity "
    "angle focus focusposition focussize method rotate weight obscured offset cropleft cropright croptop "
    "cropbottom gain blacklevel gamma grayscale bilevel side anchorx anchory startarrow endarrow "
    "v:ext o:spt o:preferrelative o:connecttype o:connectlocs o:connectangles o:opacity2 o:allowincell o:allowoverlap "
    "o:hr o:hrstd o:hralign o:hrpct o:hrnoshade o:insetmode"
)
# attributes by the namespace of their element; those that name a relation are in `RELATED`
ATTRIBUTES = {
    NAMESPACES["w"]: in_full(_OF_WORD),
    **dict.fromkeys((NAMESPACES[each] for each in ("wp", "a", "pic")), frozenset(_OF_PICTURES.split())),
    **dict.fromkeys(
        (NAMESPACES[each] for each in ("v", "o", "w10")), frozenset(full(each) for each in _OF_SHAPES.split())
    ),
}
RELATED = {
    full("w:hyperlink"): full("r:id"),
    full("w:headerReference"): full("r:id"),
    full("w:footerReference"): full("r:id"),
    full("a:blip"): full("r:embed"),
    full("v:imagedata"): full("r:id"),
}
# attributes that hold more than a number or a name of one word, each on its own elements
_WORDED = {
    "name basedOn next link pStyle rStyle tblStyle styleLink numStyleLink lvlText altName": "val",
    "noLineBreaksAfter noLineBreaksBefore": "val",
    "rFonts": "ascii hAnsi eastAsia cs",
    "font": "name",
    "sym": "font",
    "style": "styleId",
    "fldSimple": "instr",
    "compatSetting": "uri",
}
WORDED = {(tag, name) for outer, inner in _WORDED.items() for tag in in_full(outer) for name in in_full(inner)}
