/** The health check of the container: exits with 1 unless the server answers that it is alive. */
const port = process.env.PORT?.trim() || '3000';
const answer = await fetch(`http://127.0.0.1:${port}/api/health/live`, {
  signal: AbortSignal.timeout(4_000),
}).catch((error) => ({ ok: false, status: error.cause?.code ?? error.name }));
if (!answer.ok) console.log(`not healthy: ${answer.status}`);
process.exit(answer.ok ? 0 : 1);
