/**
 * The bytes of a static file of the site. With XMLHttpRequest, because `fetch` is for the API.
 * @throws TypeError if it cannot be loaded.
 */
export const loadFile = (url: URL): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new TypeError(`${url.pathname} cannot be loaded.`));
    request.responseType = 'blob';
    request.onload = () => (request.status === 200 ? resolve(request.response) : fail());
    request.onerror = fail;
    request.open('GET', url);
    request.send();
  });
