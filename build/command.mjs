/** Runs what an npm command does; what goes wrong is one plain line on stderr, with the stack on demand (`DEBUG=1`). */
export async function command(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${process.env.DEBUG ? error.stack : error.message}\n`);
    process.exitCode = 1;
  }
}
