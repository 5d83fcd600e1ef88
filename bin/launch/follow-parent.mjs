// Loaded into the program before its own code (node --import). When the launcher dies without a word (kill -9),
// the system closes its end of the pipe, and the program is asked to stop as if by `kill`.
import { Socket } from "node:net";

const fd = Number(process.env["RONDO_PARENT_PIPE"]);
delete process.env["RONDO_PARENT_PIPE"]; // not for the program's own children
if (Number.isInteger(fd) && fd > 2) {
  const pipe = new Socket({ fd, readable: true, writable: false });
  pipe.on("error", () => {});
  pipe.once("close", () => process.kill(process.pid, "SIGTERM"));
  pipe.resume();
  pipe.unref(); // it alone keeps no process alive
}
