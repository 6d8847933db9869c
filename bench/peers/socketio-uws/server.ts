/** Socket.IO on uWebSockets.js, as its documentation offers for speed. */
import { App } from "uWebSockets.js";
import { serveSocketio } from "../socketio/serve.ts";

serveSocketio((io, port, onListening) => {
  const app = App();
  io.attachApp(app);
  app.listen(port, onListening);
});
