//! Files encrypted to a passphrase, in the age format (age-encryption.org/v1), so that any age program opens them too.
//!
//! Whether a file is encrypted is told by how it begins, never by its name. What others have made is opened within bounds:
//! a header asks for no more work than a second or four and no more memory than a gigabyte, and is short.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use age::armor::ArmoredReader;
use age::scrypt::{Identity, Recipient};
use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, Encryptor};

use super::error::{StorageError, io_error};
use super::ron_text::MAX_BYTES;

/// How an encrypted file begins, and one that was made fit for mail.
const BINARY: &[u8] = b"age-encryption.org/";
const ARMORED: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";

/// The logarithm of the work by which a passphrase is tried: what the age program itself takes.
const WORK: u8 = 18;
/// The most that is done for a file of somebody else; each step doubles time and memory.
const MOST_WORK: u8 = 20;
/// The longest header, in bytes. One for a passphrase has about 150.
const LONGEST_HEADER: usize = 16_000;

/// What opens an encrypted file. It is in no log and no file, and its memory is wiped when it goes.
#[derive(Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// What was typed, every character counting; none where nothing was.
    pub fn new(typed: String) -> Option<Self> {
        (!typed.is_empty()).then(|| Self(SecretString::from(typed)))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// Why an encrypted file is not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// Its passphrase has not been given.
    Asks,
    /// The passphrase that was given does not open it.
    Refused,
    /// Trying a passphrase would take more work than anybody's file needs.
    TooMuchWork,
    /// It is encrypted to a key instead of a passphrase.
    ForKeys,
    /// A later version of the format.
    Newer,
    /// It is cut off, or was changed after it was made.
    Damaged,
}

impl Unopened {
    /// One sentence, to be followed by the file's path.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Asks => "The file is encrypted and needs its passphrase",
            Self::Refused => "The passphrase does not open the file",
            Self::TooMuchWork => {
                "The file asks for far more work than a passphrase needs and was not opened; have it encrypted anew"
            }
            Self::ForKeys => "The file is encrypted to a key and not to a passphrase, and cannot be opened here",
            Self::Newer => "The file is encrypted in a way that this version does not know",
            Self::Damaged => "The encrypted file is cut off or was changed on its way, and was not opened",
        }
    }
}

/// Whether a file is encrypted; one that cannot be read is not known to be.
pub fn is_sealed(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(256).read_to_end(&mut beginning));
    read.is_ok() && begins_sealed(&beginning)
}

/// Whether bytes begin as those of an encrypted file do.
pub(super) fn begins_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(BINARY) || bytes.trim_ascii_start().starts_with(ARMORED)
}

/// The bytes encrypted to a passphrase; each time others.
///
/// # Errors
/// [`StorageError::Io`], which nothing here gives cause for.
pub fn seal(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, StorageError> {
    let mut recipient = Recipient::new(passphrase.0.clone());
    recipient.set_work_factor(WORK);
    let sealed = || -> io::Result<Vec<u8>> {
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        let mut writer = encryptor.wrap_output(Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 1000))?;
        writer.write_all(bytes)?;
        writer.finish()
    };
    sealed().map_err(io_error("encrypt the file", Path::new("")))
}

/// What was encrypted.
///
/// # Errors
/// Why it cannot be told.
pub(super) fn unseal(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, Unopened> {
    let armored = bytes.trim_ascii_start();
    if !armored.starts_with(ARMORED) {
        return opened(bytes, passphrase);
    }
    let mut plain = Vec::new();
    match ArmoredReader::new(armored).take(MAX_BYTES).read_to_end(&mut plain) {
        Ok(_) => opened(&plain, passphrase),
        Err(_damaged) => Err(Unopened::Damaged),
    }
}

fn opened(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, Unopened> {
    // The reader goes over the header once more for each of its lines.
    let header = &bytes[..bytes.len().min(LONGEST_HEADER)];
    if !header.windows(5).any(|w| w == b"\n--- ") {
        return Err(Unopened::Damaged);
    }
    let decryptor = Decryptor::new_buffered(bytes).map_err(|e| unopened(&e))?;
    if !decryptor.is_scrypt() {
        return Err(Unopened::ForKeys);
    }
    let mut identity = Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    let identities = std::iter::once(&identity as &dyn age::Identity);
    let reader = decryptor.decrypt(identities).map_err(|e| unopened(&e))?;
    let mut plain = Vec::with_capacity(bytes.len());
    // What was decrypted before a fault is not handed out.
    match reader.take(MAX_BYTES).read_to_end(&mut plain) {
        Ok(_) => Ok(plain),
        Err(_damaged) => Err(Unopened::Damaged),
    }
}

fn unopened(error: &DecryptError) -> Unopened {
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => Unopened::Refused,
        DecryptError::ExcessiveWork { .. } => Unopened::TooMuchWork,
        DecryptError::NoMatchingKeys => Unopened::ForKeys,
        DecryptError::UnknownFormat => Unopened::Newer,
        _ => Unopened::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &str) -> Passphrase {
        Passphrase::new(words.to_owned()).unwrap()
    }

    #[test]
    fn a_passphrase_says_nothing_of_itself() {
        assert_eq!(format!("{:?}", phrase("correct horse")), "Passphrase(…)");
        assert!(Passphrase::new(String::new()).is_none());
        assert!(phrase("a") == phrase("a") && phrase("a") != phrase("a "));
    }

    #[test]
    fn an_encrypted_file_opens_with_its_passphrase_only_and_only_whole() {
        let words = "the words, é 🔒".repeat(9_000);
        let sealed = seal(words.as_bytes(), &phrase("correct horse")).unwrap();
        assert!(begins_sealed(&sealed));
        assert!(!sealed.windows(9).any(|w| w == b"the words"));
        assert_eq!(unseal(&sealed, &phrase("correct horse")).as_deref(), Ok(words.as_bytes()));
        assert_eq!(unseal(&sealed, &phrase("correct  horse")), Err(Unopened::Refused));
        let short = &sealed[..sealed.len() - 40];
        assert_eq!(unseal(short, &phrase("correct horse")), Err(Unopened::Damaged), "cut off at the end");
        let mut changed = sealed.clone();
        let last = changed.len() - 20;
        changed[last] ^= 1;
        assert_eq!(unseal(&changed, &phrase("correct horse")), Err(Unopened::Damaged));
    }

    #[test]
    fn hostile_headers_end_at_once() {
        let salt = "AAAAAAAAAAAAAAAAAAAAAA";
        let body = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let mac = body;
        let of = |work: &str| {
            let mut file = format!("age-encryption.org/v1\n-> scrypt {salt} {work}\n{body}\n--- {mac}\n").into_bytes();
            file.extend([0; 60]);
            file
        };
        let opened = |bytes: &[u8]| unseal(bytes, &phrase("x"));
        for work in ["21", "30", "63", "64", "255"] {
            assert_eq!(opened(&of(work)), Err(Unopened::TooMuchWork), "{work}");
        }
        assert_eq!(opened(&of("1")), Err(Unopened::Refused));
        for work in ["0", "018", "-1", "", "9999999999"] {
            assert!(opened(&of(work)).is_err(), "{work}");
        }
        let twice = String::from_utf8(of("1")).unwrap().replace("-> ", &format!("-> scrypt {salt} 1\n{body}\n-> "));
        assert_eq!(opened(twice.as_bytes()), Err(Unopened::Damaged));
        let key = format!("age-encryption.org/v1\n-> X25519 {body}\n{body}\n--- {mac}\n{}", "0".repeat(60));
        assert_eq!(opened(key.as_bytes()), Err(Unopened::ForKeys));
        assert_eq!(opened(key.replace("/v1", "/v9").as_bytes()), Err(Unopened::Newer));
        let endless = format!("age-encryption.org/v1\n{}", "-> x\n\n".repeat(1_000_000));
        assert_eq!(opened(endless.as_bytes()), Err(Unopened::Damaged));
        for cut in
            ["", "age-encryption.org/v1", "age-encryption.org/v1\n-> scrypt", "-----BEGIN AGE ENCRYPTED FILE-----"]
        {
            assert_eq!(opened(cut.as_bytes()), Err(Unopened::Damaged), "{cut:?}");
        }
        let armored = format!("-----BEGIN AGE ENCRYPTED FILE-----\n{}\n", "A".repeat(10_000_000));
        assert_eq!(opened(armored.as_bytes()), Err(Unopened::Damaged));
    }

    #[test]
    fn a_file_made_fit_for_mail_is_opened_too() {
        let mut recipient = Recipient::new(SecretString::from("x".to_owned()));
        recipient.set_work_factor(2);
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
        let armor = age::armor::ArmoredWriter::wrap_output(Vec::new(), age::armor::Format::AsciiArmor).unwrap();
        let mut writer = encryptor.wrap_output(armor).unwrap();
        writer.write_all(b"words").unwrap();
        let mailed = writer.finish().and_then(|armor| armor.finish()).unwrap();
        let with_lines = [b"\r\n \n".as_slice(), &mailed, b"\n\n"].concat();
        assert!(begins_sealed(&with_lines));
        assert_eq!(unseal(&with_lines, &phrase("x")).as_deref(), Ok(b"words".as_slice()));
    }
}
