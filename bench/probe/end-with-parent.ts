/** Loaded into a process before its own code: it ends when whoever started it has ended, however that ended. */
process.once("disconnect", () => process.exit(0));
// Listening must not keep a process alive that wants to end.
process.channel?.unref();
