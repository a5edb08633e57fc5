// The page without its server: a service worker. The network comes first, so nobody is shown an old page; what was kept
// when the worker was installed answers only when the network does not. The build fills in its name and its files.
const KEPT = `libyuma ${self.registration.scope} BUILD`;
const FILES = ['FILES'];

self.addEventListener('install', (event) => event.waitUntil((async () => {
  const kept = await caches.open(KEPT);
  await kept.addAll(FILES.map((file) => new Request(file, { cache: 'reload' }))); // all of them, or the worker is not installed
  await self.skipWaiting();
})()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(`libyuma ${self.registration.scope} `) && name !== KEPT);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(fetch(request).catch(async (error) => {
    const kept = await caches.open(KEPT);
    const answer = await kept.match(request.mode === 'navigate' ? './' : request);
    if (answer === undefined) throw error;
    return answer;
  }));
});
