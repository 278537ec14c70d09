//! Changes to zip packages that reach what is packed: a part is changed inside, and all is packed again.

use std::io::{Cursor, Read, Write};

use libfuzzer_sys::fuzzer_mutate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Larger parts make slow inputs.
const LARGEST_PART: usize = 1 << 20;

type Part = (String, Vec<u8>);

/// A mutator for targets that read packages; one change in sixteen is to the bytes of the archive itself.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let Some(mut parts) = (seed % 16 != 0).then(|| unpack(&data[..size])).flatten() else {
        return fuzzer_mutate(data, size, most);
    };
    if parts.is_empty() {
        return fuzzer_mutate(data, size, most);
    }
    let chosen = (seed / 16) as usize % parts.len();
    match seed / 4096 % 24 {
        0 => drop(parts.remove(chosen)),
        1 => {
            let other = parts[(seed / 65536) as usize % parts.len()].1.clone();
            parts[chosen].1 = other;
        }
        2 => {
            let other = (seed / 65536) as usize % parts.len();
            parts.swap(chosen, other);
        }
        _ => {
            let (_, part) = &mut parts[chosen];
            let old = part.len();
            let room = (old + 4096).min(LARGEST_PART);
            part.resize(room.max(old), 0);
            let room = part.len();
            let new = fuzzer_mutate(part, old, room);
            part.truncate(new);
        }
    }
    let packed = pack(&parts);
    if packed.is_empty() || packed.len() > most {
        return fuzzer_mutate(data, size, most);
    }
    data[..packed.len()].copy_from_slice(&packed);
    packed.len()
}

fn unpack(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..archive.len().min(200) {
        let file = archive.by_index(i).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut part = Vec::new();
        file.take(LARGEST_PART as u64).read_to_end(&mut part).ok()?;
        parts.push((name, part));
    }
    Some(parts)
}

/// Stored and not packed: the fuzzer sees which bytes it changes.
fn pack(parts: &[Part]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in parts {
        if zip.start_file(name.as_str(), stored).and_then(|()| Ok(zip.write_all(part)?)).is_err() {
            return Vec::new();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
