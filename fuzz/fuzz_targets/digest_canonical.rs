//! Any bytes: what is decoded of them encodes to exactly them, and nothing else happens.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yuma_core::digest::{encode_input, input_digest, input_length};
use yuma_core::epoch::StaticSubnet;

fuzz_target!(|bytes: &[u8]| {
    let mut rest = bytes;
    let mut subnet = Box::new(StaticSubnet::<32, 128, 128>::new());
    let read = subnet.read(|piece| {
        rest.split_off(..piece.len()).is_some_and(|front| {
            piece.copy_from_slice(front);
            true
        })
    });
    match read {
        Ok((input, digest)) => {
            let used = &bytes[..bytes.len() - rest.len()];
            let mut again = vec![0; input_length(&input).expect("a decoded input is valid")];
            assert_eq!(encode_input(&input, &mut again), Ok(used.len()));
            assert_eq!(again, used);
            assert_eq!(input_digest(&input), Ok(digest));
            let mut memory = vec![0; input.workspace_words().expect("it is small")];
            input.run(&mut memory).expect("a decoded input is valid");
        }
        Err(_) => assert_eq!(subnet.as_subnet().n, 0, "nothing is left half-written"),
    }
});
