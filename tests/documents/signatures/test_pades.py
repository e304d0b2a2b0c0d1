"""A PDF that comes back signed: the same document and nothing else, or a refusal that says why."""

import io
from datetime import timedelta

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper

from documents.apart import apart
from documents.models import SignatureKind
from documents.signatures import trust
from documents.signatures.found import AnotherDocument, Refused
from documents.signatures.reading import read_signed
from tests.certificates import authority, person, time_authority

pytestmark = pytest.mark.pdf


@pytest.fixture(scope="module")
def signed(pdf, maria):
    return maria.sign(pdf)


def refusal(original, returned):
    with pytest.raises(Refused) as refused:
        read_signed(original, returned)
    return str(refused.value)


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def appended(content, change):
    """The PDF with an incremental update, as an editor would append it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def repaint(writer):
    """Give the first page another content."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 500 500 re f"))
    writer.update_container(page)


def test_a_signed_copy_is_accepted_with_who_signed(pdf, signed):
    found = read_signed(pdf, signed)
    assert (found.kind, found.warnings) == (SignatureKind.PADES, ())
    (signer,) = found.signers
    assert (signer.name, signer.issuer) == ("ROSSI MARIA", "Autorità di prova")
    assert (signer.stamped, signer.trust, signer.notes) == (False, trust.NO_ROOTS, ())
    assert signer.at is not None


def test_a_second_person_signs_the_copy_of_the_first(pdf, signed, ugo):
    found = read_signed(pdf, ugo.sign(signed, field="Seconda"))
    assert [signer.name for signer in found.signers] == ["ROSSI MARIA", "NERI UGO"]


def test_the_copy_of_the_first_may_be_the_document_of_the_second(signed, ugo):
    found = read_signed(signed, ugo.sign(signed, field="Seconda"))
    assert [signer.name for signer in found.signers] == ["ROSSI MARIA", "NERI UGO"]
    assert refusal(signed, signed).startswith("È il documento come era uscito")


def test_a_visible_signature_is_accepted_with_a_warning(pdf, maria):
    (warning,) = read_signed(pdf, maria.sign(pdf, box=(50, 50, 250, 100))).warnings
    assert warning.startswith("La firma si vede sulla pagina 1: il PDF firmato non è più PDF/UA-1")


def test_a_byte_of_the_document_changed(pdf, signed):
    place = len(pdf) // 3
    sentence = f"Il documento è stato cambiato: al byte {place + 1} non è più quello registrato."
    assert refusal(pdf, flipped(signed, place)).startswith(sentence)


def forged(signed):
    """The signed PDF with the last digit of its signature changed (after it stand only the zeros that fill up)."""
    start = signed.rindex(b"/Contents <") + len(b"/Contents <")
    last = start + len(signed[start : signed.index(b">", start)].rstrip(b"0")) - 1
    return signed[:last] + b"0" + signed[last + 1 :]


def test_the_signature_changed(pdf, signed):
    assert "firma" in refusal(pdf, forged(signed)).lower()


def test_a_byte_changed_in_the_room_left_after_the_signature(pdf, signed):
    end = signed.index(b">", signed.rindex(b"/Contents <"))
    sentence = "La firma di ROSSI MARIA è stata cambiata: lo spazio che avanza dopo di essa non è vuoto."
    assert refusal(pdf, flipped(signed, end - 1)).startswith(sentence)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_truncated_within_the_document(pdf, signed, share):
    cut = int(len(pdf) * share)
    assert refusal(pdf, signed[:cut]).startswith(f"Il file è troncato: finisce dopo {cut} byte")


def test_an_envelope_around_the_signed_pdf(pdf, signed, ca):
    found = read_signed(pdf, person("BIANCHI ADA", ca).envelope(signed))
    assert (found.kind, [signer.name for signer in found.signers]) == (
        SignatureKind.CADES,
        ["ROSSI MARIA", "BIANCHI ADA"],
    )
    assert "firma" in refusal(pdf, person("BIANCHI ADA", ca).envelope(forged(signed))).lower()


def test_truncated_within_the_signature(pdf, signed):
    assert refusal(pdf, signed[:-200]).startswith("Il file è troncato o rovinato")


def test_another_document_signed(pdf, other_pdf, maria):
    with pytest.raises(AnotherDocument, match="non è questo documento") as refused:
        read_signed(pdf, maria.sign(other_pdf))
    assert refused.value.enclosed + b"\n" == other_pdf


def test_written_anew_by_a_program(pdf, maria):
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out)
    assert "il programma di firma lo ha riscritto" in refusal(pdf, maria.sign(out.getvalue()))


def test_not_signed(pdf):
    assert refusal(pdf, pdf).startswith("È il documento come era uscito, senza firme")
    assert refusal(pdf, pdf + b"% altro\n").startswith("Nel PDF non c'è nessuna firma nuova.")


def test_changed_and_then_signed(pdf, maria):
    assert "il PDF cambia la pagina 1" in refusal(pdf, maria.sign(appended(pdf, repaint)))


def test_changed_after_it_was_signed(pdf, signed):
    assert "il PDF cambia la pagina 1" in refusal(pdf, appended(signed, repaint))


def test_changed_signed_and_changed_back(pdf, maria):
    """What shows at the end is the document, what was signed is not."""

    def hide(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
            number = opened.pages[0].Contents.objgen
        page["/Contents"] = generic.IndirectObject(*number, writer)
        writer.update_container(page)

    returned = appended(maria.sign(appended(pdf, repaint)), hide)
    assert refusal(pdf, returned).startswith("Il PDF è stato modificato dopo la firma di ROSSI MARIA.")


def test_bytes_after_the_signature(pdf, signed):
    assert "byte che nessuno ha firmato" in refusal(pdf, signed + b"\n% altro\n")


@pytest.mark.parametrize("entry", ["/OpenAction", "/Names", "/Outlines"])
def test_something_is_added_to_the_catalog(pdf, maria, entry):
    def act(writer):
        writer.root[entry] = generic.DictionaryObject({generic.pdf_name("/S"): generic.pdf_name("/Named")})
        writer.update_root()

    assert "cambia il catalogo" in refusal(pdf, maria.sign(appended(pdf, act)))


def test_a_note_is_added_to_a_page(pdf, maria):
    def note(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        text = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Square"),
                generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800))),
            }
        )
        page["/Annots"] = generic.ArrayObject([writer.add_object(text)])
        writer.update_container(page)

    assert "aggiunge alla pagina 1 qualcosa che non è una firma" in refusal(pdf, maria.sign(appended(pdf, note)))


def test_an_algorithm_that_is_no_longer_safe(pdf, maria):
    assert "non è più sicuro" in refusal(pdf, maria.sign(pdf, md="sha1"))


def test_traced_to_the_authorities_of_the_installation(pdf, signed, ca, settings, tmp_path):
    settings.SIGNATURE_ROOTS_DIR = str(tmp_path)
    (tmp_path / "altra.pem").write_bytes(authority("Altra autorità").pem)
    assert read_signed(pdf, signed).signers[0].trust == trust.UNKNOWN
    (tmp_path / "autorita.pem").write_bytes(ca.pem)
    assert read_signed(pdf, signed).signers[0].trust == trust.TRUSTED
    (tmp_path / "nota.txt").write_text("non è un certificato")
    assert "«nota.txt», nella cartella delle autorità riconosciute, non è un certificato" in refusal(pdf, signed)


@pytest.fixture(scope="module")
def stamper(ca):
    return time_authority("Marche temporali", ca).stamper()


def test_the_moment_of_a_time_stamp(pdf, maria, stamper):
    (signer,) = read_signed(pdf, maria.sign(pdf, stamper=stamper)).signers
    assert (signer.stamped, signer.at) == (True, stamper.fixed_dt)


def test_a_copy_stamped_once_more_for_the_archive(pdf, signed, stamper):
    """What is appended to keep a signature for long is no change, and no signature of a person."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    stamped = apart(lambda: PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256")).getvalue()
    assert [signer.name for signer in read_signed(pdf, stamped).signers] == ["ROSSI MARIA"]
    plain = IncrementalPdfFileWriter(io.BytesIO(pdf))
    only = apart(lambda: PdfTimeStamper(stamper).timestamp_pdf(plain, "sha256")).getvalue()
    assert refusal(pdf, only).startswith("Nel PDF non c'è nessuna firma nuova.")


def test_a_certificate_that_had_expired_is_noted(pdf, ca):
    expired = person("BIANCHI ADA", ca, since=timedelta(days=30), until=timedelta(days=-1))
    (note,) = read_signed(pdf, expired.sign(pdf)).signers[0].notes
    assert note.startswith("In quel momento il certificato non era valido: vale dal ")


def test_what_stands_on_a_page_already_must_stay(pdf, maria):
    """A page's annotations may lie in an object of their own."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as opened:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 10, 10]))
        opened.pages[0].Annots = opened.make_indirect(Array([opened.make_indirect(link)]))
        out = io.BytesIO()
        opened.save(out)
    linked = out.getvalue()
    assert read_signed(linked, maria.sign(linked)).signers[0].name == "ROSSI MARIA"

    def unlink(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"] = generic.ArrayObject()
        writer.update_container(page)

    assert "toglie qualcosa dalla pagina 1" in refusal(linked, maria.sign(appended(linked, unlink)))
