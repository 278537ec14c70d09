//! Small files that unpack to large ones.

use std::io::{Cursor, Write as _};

use flate2::{Compress, Compression, FlushCompress};

use super::{check, pdf, says};

/// Deflated spaces, 16 MB at a time, without a frame. Each block stands for itself, so that it can be put in again.
fn deflated(blocks: usize) -> Vec<u8> {
    let spaces = vec![b' '; 16 << 20];
    let mut block = vec![0; 1 << 17];
    let mut deflate = Compress::new(Compression::best(), false);
    deflate.compress(&spaces, &mut block, FlushCompress::Full).unwrap();
    block.truncate(deflate.total_out() as usize);
    assert_eq!(deflate.total_in(), spaces.len() as u64);
    let mut bytes = block.repeat(blocks);
    bytes.extend([3, 0]);
    bytes
}

/// The same in the frame of zlib, without its sum at the end, which comes too late to matter.
fn zlib(blocks: usize) -> Vec<u8> {
    [vec![0x78, 0xda], deflated(blocks)].concat()
}

/// A zip archive of packed parts, with what their headers say is their size.
fn zip(parts: &[(&str, &[u8], u32)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, packed, size) in parts {
        let at = u32::try_from(bytes.len()).unwrap();
        let mut header = [20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0].to_vec();
        header.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
        header.extend(size.to_le_bytes());
        header.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        header.extend([0, 0]);
        bytes.extend([b"PK\x03\x04".as_slice(), &header, name.as_bytes(), packed].concat());
        list.extend([b"PK\x01\x02\x14\0".as_slice(), &header, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let (count, at) = (u16::try_from(parts.len()).unwrap().to_le_bytes(), u32::try_from(bytes.len()).unwrap());
    let size = u32::try_from(list.len()).unwrap();
    bytes.extend([list, b"PK\x05\x06\0\0\0\0".to_vec(), count.to_vec(), count.to_vec()].concat());
    bytes.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn small_packages_do_not_become_gigabytes() {
    let document = "word/document.xml";
    let (blocks, size) = (240, 0xf000_0000);
    let honest = zip(&[(document, &deflated(blocks), size)]);
    assert!(honest.len() < 4 << 20);
    check("a.docx", &honest, "a.docx unpacks to more than 512 MB");
    // Ten gigabytes that say they are a thousand bytes.
    let ten = deflated(640);
    check("a.docx", &zip(&[(document, &ten, 1000)]), "a.docx is damaged: its part word/document.xml is");
    // Parts that no draft needs are never unpacked.
    let other = zip(&[("word/media/image1.png", &ten, u32::MAX - 1)]);
    check("a.docx", &other, "a.docx is damaged: its part word/document.xml is missing");
}

#[test]
fn packages_in_packages_are_not_unpacked() {
    let mut inner = zip(&[("word/document.xml", &deflated(4), 4 << 24)]);
    for _ in 0..20 {
        let mut outer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["word/document.xml", "content.xml", "META-INF/manifest.xml"] {
            outer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            outer.write_all(&inner).unwrap();
        }
        inner = outer.finish().unwrap().into_inner();
        if inner.len() > 1 << 20 {
            break;
        }
    }
    check("a.docx", &inner, "a.docx is damaged: its part word/document.xml");
}

/// A file of one page with one stream, which its dictionary says more about.
fn with_stream(page: &str, dictionary: &str, data: &[u8]) -> Vec<u8> {
    let stream =
        [format!("<< /Length {} {dictionary} >> stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat();
    pdf::file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /MediaBox [0 0 600 800] {page} >>").into_bytes(),
        stream,
    ])
}

#[test]
fn streams_of_pdf_are_measured_before_they_are_unpacked() {
    let bomb = zlib(40);
    let packed = "/Filter /FlateDecode";
    let font = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 4 0 R >> >> >>";
    for (page, dictionary) in [
        ("/Contents 4 0 R", packed.to_owned()),
        (font, packed.to_owned()),
        ("", format!("/Type /ObjStm /N 1 /First 4 {packed}")),
        ("", format!("/Type /XObject /Subtype /Form /BBox [0 0 1 1] {packed}")),
    ] {
        check("a.pdf", &with_stream(page, &dictionary, &bomb), "a.pdf unpacks to more than 128 MB");
    }
    let mut twice = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
    twice.write_all(&bomb).unwrap();
    let twice = twice.finish().unwrap();
    let file = with_stream("/Contents 4 0 R", "/Filter [/FlateDecode /FlateDecode]", &twice);
    check("a.pdf", &file, "a.pdf unpacks to more than 128 MB");
    // Pictures are not unpacked, nor are files that somebody attached.
    let picture = "/Type /XObject /Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 8";
    assert_eq!(says("a.pdf", &with_stream("", &format!("{picture} {packed}"), &bomb)), "a.pdf is empty");
    assert_eq!(says("a.pdf", &with_stream("", &format!("/Type /EmbeddedFile {packed}"), &bomb)), "a.pdf is empty");
}

#[test]
fn pages_that_share_a_program_are_counted() {
    let data = zlib(4);
    let stream = [format!("<< /Length {} /Filter /FlateDecode >> stream\n", data.len()).as_bytes(), &data].concat();
    let kids = "<< /Type /Page /Contents 3 0 R >> ".repeat(40);
    let once = "<< /Type /Page /Contents [3 0 R 3 0 R 3 0 R 3 0 R 3 0 R] >>";
    for kids in [kids.as_str(), once] {
        let file = pdf::file(&[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            format!("<< /Type /Pages /Kids [{kids}] /Count 40 >>").into_bytes(),
            [stream.as_slice(), b"\nendstream"].concat(),
        ]);
        check("a.pdf", &file, "a.pdf unpacks to more than 256 MB");
    }
}

#[test]
fn entities_are_not_multiplied() {
    let mut laughs = "<!ENTITY a0 'ha'>".to_owned();
    for n in 1..30 {
        laughs.push_str(&format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)));
    }
    let document = |root: &str| format!("<?xml version='1.0'?><!DOCTYPE x [{laughs}]>{root}");
    let page = document("<html xmlns='http://www.w3.org/1999/xhtml'><body><p>words &a29;</p></body></html>");
    assert!(page.len() < 1 << 14);
    assert_eq!(says("a.xhtml", page.as_bytes()), "read");
    let act = document("<akomaNtoso><act><body><p>&a29;</p></body></act></akomaNtoso>");
    check("a.xml", act.as_bytes(), "a.xml is damaged: line 1 uses the entity &a29;");
    let text = document(
        "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         office:mimetype='application/vnd.oasis.opendocument.text'><office:body>&a29;</office:body></office:document>",
    );
    check("a.fodt", text.as_bytes(), "a.fodt is damaged: ");
}
