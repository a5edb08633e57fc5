/*
 * libyuma: Bittensor's on-chain economics, the chain's integers to the last bit.
 *
 * Start with yuma_epoch: what a subnet's validators say in, everybody's reward out. Every vector kind of the project has a
 * function here of the same name as in every other language. No rule is in this binding: it checks what it is given, calls
 * the one function, and writes the results.
 *
 * Units     Amounts are uint64_t in rao, 10^-9 of TAO or of a subnet's alpha. Proportions are of 65535 (uint16_t) or of
 *           2^64 - 1 (uint64_t), as each says. Blocks are uint64_t. "Raw I32F32" and the like are the bits of a fixed-point
 *           number: I signed, U unsigned, the integer bits, F, the fraction bits; raw / 2^fraction is the number.
 *           Raw values of 128 bits are two uint64_t, low then high: see yuma_u128 and yuma_i128.
 * Flags     are uint8_t, 0 or 1; anything else is refused with YUMA_STATUS_FLAG.
 * Absence   of a small number is YUMA_NONE in a wider signed type; of a large one a flag has_... beside it.
 * Rules     The chain changes its rules several times a year. YUMA_RULES_... says which to follow; YUMA_RULES_DEFAULT are the
 *           newest this library knows, and every large result says which ones it followed.
 * Failure   Every function that can fail returns a yuma_status, writes its results through its first pointer or pointers, and
 *           tells in an optional yuma_error (NULL: not wanted) which field is wrong, where, and the limit it broke. Functions
 *           that return anything else cannot fail. "NULL", "RANGE" and so on in the comments are YUMA_STATUS_NULL, ...; NULL,
 *           ALIGNMENT and SIZE of any pointer passed, and TOO_SMALL of any workspace, are possible wherever there is one.
 *           After a status other than YUMA_STATUS_OK, what was to be written is not meaningful, unless the function says so.
 * Growth    A structure whose first member is `size` may grow in later versions. Let its ..._init function fill it, or set
 *           size to sizeof of it, in every element of an array. Another size is refused with YUMA_STATUS_SIZE. Members
 *           named `reserved` are 0.
 * Memory    is the caller's, all of it. A function that needs working memory takes `workspace`, any bytes of any alignment;
 *           a function ..._workspace_size says how many. What they hold before does not matter, and nothing in them is
 *           needed afterwards. Nothing is allocated or kept, there are no globals and no callbacks: any number of threads may
 *           call anything at once, each with a workspace and results of its own; inputs may be shared.
 * Pointers  must point to as many elements as said, for the time of the call. What is read may overlap what is read. What is
 *           written must overlap nothing else that is passed. NULL is allowed for 0 elements, and where a comment says so.
 *           Arguments that are not const are written; "in place" and moved states are read too.
 * Panics    The library cannot panic or unwind: input is checked at the door and after it nothing fails. libyuma.so contains no
 *           panic machinery and needs nothing but memcpy and memset. libyuma.a also carries the compiler's core library, of
 *           which a linker takes what is used: of its panic machinery nothing, with --gc-sections.
 */
