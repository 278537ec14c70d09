#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| travaux_fuzz::check_annotations("a.qdpx", data));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    travaux_fuzz::package::mutate(data, size, most, seed)
});
