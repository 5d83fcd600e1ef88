/** Ends the launch with a sentence that says what is wrong, and one that says what to do. */
export function refuse(message, hint, exitCode = 2) {
  throw Object.assign(new Error(message), { name: "LaunchRefused", hint, exitCode });
}

export const isRefusal = (error) => error instanceof Error && error.name === "LaunchRefused";

/** A line for the person who waits. On stderr, so that the output of commands can be piped. */
export const say = (line) => process.stderr.write(`${line}\n`);
