/** Socket.IO as it comes: on `ws`. */
import { createServer } from "node:http";
import { serveSocketio } from "./serve.ts";

serveSocketio((io, port, onListening) => {
  const http = createServer();
  io.attach(http);
  // Advice of its documentation: the first request is not needed and takes memory.
  io.engine.on("connection", (raw: { request: unknown }) => {
    raw.request = null;
  });
  http.listen(port, onListening);
});
