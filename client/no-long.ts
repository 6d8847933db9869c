/**
 * Stands in for the package `long`, which protobufjs would load for 64-bit numbers: Shoal's messages have none (the
 * generator refuses them), and loading it compiles WebAssembly, which the page's security policy forbids.
 */
export default null;
