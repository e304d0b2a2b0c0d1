"""The XMP metadata of our PDF files: what makes one file declare PDF/A-3a and PDF/UA-1 at the same time.

Sources: ISO 19005-3 (PDF/A-3) clause 6.6.4 for the identification and 6.6.2.3 for the extension schema that a property
not predefined by PDF/A needs, ISO 14289-1 (PDF/UA-1) clause 5 for the identification.
"""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

PRODUCER = "Caluso Perf"

_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:identifier>{identifier}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>it</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{created}</xmp:CreateDate>
<pdf:Producer>{producer}</pdf:Producer></rdf:Description>
</rdf:RDF>"""
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>
<?xpacket end="r"?>"""


def moment(created: datetime) -> str:
    """An aware date and time as XMP writes it: UTC, whole seconds, e.g. ``2022-10-18T16:00:00Z``."""
    return created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rdf(*, title: str, created: datetime, identifier: str) -> bytes:
    """The ``rdf:RDF`` element that declares both conformances. The texts must hold no control characters."""
    values = {"title": title, "identifier": identifier, "created": moment(created), "producer": PRODUCER}
    return _RDF.format(**{key: escape(value) for key, value in values.items()}).encode()


def packet(*, title: str, created: datetime, identifier: str) -> bytes:
    """The whole XMP packet, for a file that no renderer writes (an assembled one)."""
    content = rdf(title=title, created=created, identifier=identifier).decode()
    return _PACKET.format(rdf=content).encode()
