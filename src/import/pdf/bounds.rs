//! What a PDF may ask for. A few kilobytes can unpack to gigabytes, be painted a million times or nest without end, and
//! the reader of PDF does as the file says.
//!
//! Sizes are in bytes. They are measured without keeping what comes out.

use std::collections::HashMap;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::object::dict::keys::{CONTENTS, FUNCTION_TYPE, SUBTYPE, TYPE};
use hayro_interpret::hayro_syntax::object::{Array, Name, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{Filter, Pdf};

use super::super::{Problem, Watch};

/// A stream of a draft unpacks to less, and so do all that list the objects of the file.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;
/// A picture, which is never unpacked, may be larger: it is only to be no other stream in disguise.
const LARGEST_PICTURE: u64 = 1024 * 1024 * 1024;
/// The programs of all pages together.
const MOST_CONTENT: u64 = 256 * 1024 * 1024;
/// Brackets in one another in a calculation.
const DEEPEST_FUNCTION: usize = 100;
/// What one byte of a packed stream can unpack to: Deflate by its format, LZW by the longest entry of a full table.
const INFLATED: u64 = 1032;
const LZW: u64 = 2560;

/// Refuses a file whose lists of objects, which are unpacked as soon as it is opened, are bombs.
///
/// # Errors
/// [`Problem::TooMuch`].
pub(super) fn check_lists(bytes: &[u8]) -> Result<(), Problem> {
    let mut unpacked = 0;
    for at in places(bytes, b'/', &[b"/ObjStm", b"/XRef"]) {
        let near = bytes.get(at..bytes.len().min(at + 2048)).unwrap_or_default();
        let Some(start) = places(near, b's', &[b"stream"]).next() else { continue };
        let data = bytes.get(at + start + 6..).unwrap_or_default();
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        unpacked += inflated(data, MOST_UNPACKED, &mut |_| {});
        if unpacked > MOST_UNPACKED {
            return Err(too_much(MOST_UNPACKED));
        }
    }
    Ok(())
}

/// What was found out about the streams of a file.
#[derive(Default)]
pub(super) struct Streams {
    /// The largest form, which a page can paint any number of times.
    pub largest_form: u64,
    /// The programs of the pages counted so far.
    content: u64,
    known: HashMap<ObjectIdentifier, u64>,
}

impl Streams {
    /// Looks at every stream of a file before any is unpacked.
    ///
    /// # Errors
    /// [`Problem::TooMuch`] and [`Problem::Cancelled`].
    pub fn check(pdf: &Pdf, watch: &dyn Watch) -> Result<Self, Problem> {
        let mut streams = Self::default();
        for object in pdf.objects() {
            if watch.cancelled() {
                return Err(Problem::Cancelled);
            }
            let Some(stream) = object.into_stream() else { continue };
            let dict = stream.dict();
            let subtype = dict.get::<Name<'_>>(SUBTYPE);
            let most = match subtype.as_deref() {
                Some(b"Image") => LARGEST_PICTURE,
                _ if dict.get::<Name<'_>>(TYPE).as_deref() == Some(b"EmbeddedFile") => continue,
                _ => MOST_UNPACKED,
            };
            let rough = rough_size(&stream);
            if rough > most && size(&stream, most) > most {
                return Err(too_much(most));
            }
            if subtype.as_deref() == Some(b"Form") && rough > streams.largest_form {
                streams.largest_form = streams.largest_form.max(size(&stream, most));
            }
            if dict.get::<i32>(FUNCTION_TYPE) == Some(4) && stream.decoded_data().is_ok_and(|d| is_deep(&d)) {
                return Err(Problem::TooMuch("has a calculation that is nested without end".to_owned()));
            }
        }
        pdf.pages().iter().try_for_each(|page| streams.add(page))?;
        Ok(streams)
    }

    /// Counts the program of a page.
    fn add(&mut self, page: &Page<'_>) -> Result<(), Problem> {
        let dict = page.raw();
        if let Some(stream) = dict.get::<Stream<'_>>(CONTENTS) {
            return self.add_stream(&stream);
        }
        let parts = dict.get::<Array<'_>>(CONTENTS);
        parts.into_iter().flat_map(|parts| parts.iter::<Stream<'_>>()).try_for_each(|stream| self.add_stream(&stream))
    }

    fn add_stream(&mut self, stream: &Stream<'_>) -> Result<(), Problem> {
        let size = *self.known.entry(stream.obj_id()).or_insert_with(|| size(stream, MOST_UNPACKED));
        self.content = self.content.saturating_add(size);
        if size > MOST_UNPACKED || self.content > MOST_CONTENT { Err(too_much(MOST_CONTENT)) } else { Ok(()) }
    }
}

fn too_much(most: u64) -> Problem {
    Problem::TooMuch(format!("unpacks to more than {} MB", most >> 20))
}

/// Where one of some words stands that all begin with the same byte.
fn places<'b>(bytes: &'b [u8], first: u8, words: &'b [&'b [u8]]) -> impl Iterator<Item = usize> + 'b {
    let starts = bytes.iter().enumerate().filter(move |&(_, &b)| b == first);
    starts.map(|(at, _)| at).filter(|&at| words.iter().any(|w| bytes[at..].starts_with(w)))
}

/// The most a stream can unpack to.
fn rough_size(stream: &Stream<'_>) -> u64 {
    let grown = |size: u64, filter: &Filter| match filter {
        Filter::FlateDecode => size.saturating_mul(INFLATED),
        Filter::LzwDecode => size.saturating_mul(LZW),
        Filter::RunLengthDecode => size.saturating_mul(64),
        Filter::Ascii85Decode => size.saturating_mul(4),
        _ => size,
    };
    stream.filters().iter().fold(stream.raw_data().len() as u64, grown)
}

/// What a stream unpacks to, or any number above `most` if that is more.
fn size(stream: &Stream<'_>, most: u64) -> u64 {
    let mut data = stream.raw_data().into_owned();
    let filters = stream.filters();
    let mut size = data.len() as u64;
    for (i, filter) in filters.iter().enumerate() {
        // What comes out is kept only where another filter takes it.
        let is_last = i + 1 == filters.len();
        let mut next = Vec::new();
        let mut keep = |bytes: &[u8]| {
            if !is_last {
                next.extend_from_slice(bytes);
            }
        };
        size = match filter {
            Filter::FlateDecode => inflated(&data, most, &mut keep),
            Filter::Ascii85Decode => base_85(&data, &mut keep),
            Filter::AsciiHexDecode => base_16(&data, &mut keep),
            Filter::LzwDecode if is_last => lzw(&data),
            Filter::RunLengthDecode if is_last => run_lengths(&data),
            // No program packs what is packed so once more.
            Filter::LzwDecode | Filter::RunLengthDecode => return u64::MAX,
            // A picture's, or one that changes no size.
            _ => return size,
        };
        if size > most {
            return size;
        }
        data = next;
    }
    size
}

/// What Deflate unpacks to, with its frame or without; stops soon after `most`.
fn inflated(data: &[u8], most: u64, out: &mut dyn FnMut(&[u8])) -> u64 {
    let framed = data.first().is_some_and(|b| b & 0x0f == 8);
    let mut inflate = Decompress::new(framed);
    let mut chunk = vec![0; 1 << 15];
    loop {
        let (taken, given) = (inflate.total_in(), inflate.total_out());
        let rest = data.get(taken as usize..).unwrap_or_default();
        let status = inflate.decompress(rest, &mut chunk, FlushDecompress::None);
        let new = inflate.total_out() - given;
        out(chunk.get(..new as usize).unwrap_or_default());
        let is_over = !matches!(status, Ok(Status::Ok)) || new == 0 && inflate.total_in() == taken;
        if is_over || inflate.total_out() > most {
            return inflate.total_out();
        }
    }
}

fn base_85(data: &[u8], out: &mut dyn FnMut(&[u8])) -> u64 {
    let (mut size, mut value, mut digits) = (0, 0_u32, 0);
    for &b in data.iter().take_while(|&&b| b != b'~') {
        match b {
            b'z' if digits == 0 => (value, digits) = (0, 5),
            b'!'..=b'u' => {
                value = value.wrapping_mul(85).wrapping_add(u32::from(b - b'!'));
                digits += 1;
            }
            _ => continue,
        }
        if digits == 5 {
            out(&value.to_be_bytes());
            (size, value, digits) = (size + 4, 0, 0);
        }
    }
    if digits > 1 {
        let value = (digits..5).fold(value, |v, _| v.wrapping_mul(85).wrapping_add(84));
        out(value.to_be_bytes().get(..digits - 1).unwrap_or_default());
        size += digits as u64 - 1;
    }
    size
}

fn base_16(data: &[u8], out: &mut dyn FnMut(&[u8])) -> u64 {
    let digits = data.iter().take_while(|&&b| b != b'>').filter_map(|&b| char::from(b).to_digit(16));
    let (mut size, mut high) = (0, None);
    for digit in digits {
        match high.take() {
            None => high = Some(digit),
            Some(high) => {
                out(&[(high * 16 + digit) as u8]);
                size += 1;
            }
        }
    }
    size + u64::from(high.is_some())
}

/// How long what LZW packed is: the table holds the lengths of its entries only.
fn lzw(data: &[u8]) -> u64 {
    let (mut size, mut bits, mut held) = (0_u64, 0_u32, 0);
    let mut lengths: Vec<u64> = Vec::with_capacity(4096);
    let mut last = 0;
    for &b in data {
        bits = bits << 8 | u32::from(b);
        held += 8;
        let width = match lengths.len() + 259 {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        match code {
            256 => {
                lengths.clear();
                last = 0;
                continue;
            }
            257 => break,
            _ => {}
        }
        let length = if code < 256 { 1 } else { lengths.get(code - 258).copied().unwrap_or(last + 1) };
        if last > 0 && lengths.len() < 4096 - 258 {
            lengths.push(last + 1);
        }
        size += length;
        last = length;
    }
    size
}

fn run_lengths(data: &[u8]) -> u64 {
    let (mut size, mut at) = (0, 0);
    while let Some(&b) = data.get(at) {
        match b {
            128 => break,
            0..128 => {
                size += u64::from(b) + 1;
                at += usize::from(b) + 2;
            }
            _ => {
                size += 257 - u64::from(b);
                at += 2;
            }
        }
    }
    size
}

/// Whether the brackets of a calculation stand deeper in one another than any program sets them.
fn is_deep(data: &[u8]) -> bool {
    let mut depth = 0_usize;
    data.iter().any(|b| {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST_FUNCTION
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        zlib.write_all(bytes).unwrap();
        zlib.finish().unwrap()
    }

    #[test]
    fn what_comes_out_is_measured() {
        let none = &mut |_: &[u8]| {};
        let bytes = vec![7; 200_000];
        assert_eq!(inflated(&packed(&bytes), u64::MAX, none), 200_000);
        assert!((70_000..120_000).contains(&inflated(&packed(&bytes), 70_000, none)));
        assert_eq!(inflated(b"no zlib", 9, none), 0);
        let mut out = Vec::new();
        assert_eq!(base_85(b"9jqo^ BlbD-z~>", &mut |b| out.extend_from_slice(b)), 12);
        assert_eq!(out, b"Man is d\0\0\0\0");
        assert_eq!(base_85(b"9jqo^Bl~>", none), 5);
        assert_eq!(base_16(b"48 65 6c6>", none), 4);
        assert_eq!(run_lengths(&[2, 1, 2, 3, 255, 9, 129, 9, 128, 0]), 3 + 2 + 128);
        // The example of the standard (ISO 32000, 7.4.4.2).
        assert_eq!(lzw(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]), 10);
    }

    #[test]
    fn depth_is_seen() {
        assert!(!is_deep(&b"{ dup { pop } if }".repeat(200)));
        assert!(is_deep(&[b'{'; 101]));
    }

    #[test]
    fn lists_of_objects_are_measured_before_they_are_unpacked() {
        let list = |bytes: &[u8]| [b"1 0 obj << /Type /ObjStm >> stream\r\n", packed(bytes).as_slice()].concat();
        assert_eq!(check_lists(&list(b"words")), Ok(()));
        assert_eq!(check_lists(b"/XRef"), Ok(()));
        let bomb = list(&vec![0; 48 << 20]).repeat(3);
        assert_eq!(check_lists(&bomb), Err(too_much(MOST_UNPACKED)));
    }
}
