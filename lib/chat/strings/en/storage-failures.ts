import type { StorageFailures } from '../failure-strings';

/** What is wrong with conversation storage or with the guest cookie, and what to do about it. */
export const storageFailures: StorageFailures = {
  unreachable: {
    what: 'The server can’t reach conversation storage.',
    next: 'The server keeps trying. If this lasts, check that storage is running.',
  },
  slow: {
    what: 'Conversation storage is responding too slowly.',
    next: 'Try again in a moment. If it keeps happening, check the load on storage.',
  },
  auth: {
    what: 'Conversation storage rejected the server’s password.',
    next: 'Check the storage address and password on the server.',
  },
  certificate: {
    what: 'The server doesn’t trust the certificate of conversation storage.',
    next: 'If the certificate is from an authority of your own, set REDIS_CA on the server.',
  },
  misconfigured: {
    what: 'The server’s settings lead to no usable conversation storage.',
    next: 'Check its address on the server. The server log has the details.',
  },
  too_big: {
    what: 'This is larger than conversation storage accepts.',
    next: 'Shorten it, or start a new conversation.',
  },
  quota: {
    what: 'Conversation storage is over its quota.',
    next: 'Upgrade the storage plan, or wait until the quota resets.',
  },
  read_only: {
    what: 'Conversation storage is read-only.',
    next: 'Connect the server to the primary, or make the file writable, then try again.',
  },
  out_of_memory: {
    what: 'Conversation storage is out of memory.',
    next: 'Give storage more memory or delete old conversations, then try again.',
  },
  full: {
    what: 'The server’s disk is full or failing.',
    next: 'Free up space on the server, then try again.',
  },
  locked: {
    what: 'Another program has locked the conversation database.',
    next: 'Try again in a moment. If it keeps happening, close that program.',
  },
  corrupt: {
    what: 'The conversation database is damaged.',
    next: 'On the server, run npm run restore with a backup; it will be picked up automatically.',
  },
  corrupt_record: {
    what: 'This conversation is damaged and can’t be read.',
    next: 'Start a new conversation; your others aren’t affected.',
  },
  newer: {
    what: 'Conversation storage was written by a newer version of Confab.',
    next: 'Update the server to that version.',
  },
  newer_record: {
    what: 'This conversation was written by a newer version of Confab.',
    next: 'Update the server to open it; your others aren’t affected.',
  },
  replaced: {
    what: 'The conversation database was replaced while the server was running.',
    next: 'The server picks up the new one in a few seconds. To restore a backup safely, run npm run restore.',
  },
  no_locks: {
    what: 'The folder of the conversation database can’t lock files, which is common for network folders.',
    next: 'Set DATA_DIR to a local disk on the server, or use Redis.',
  },
  gone: {
    what: 'This conversation is no longer in storage: it was deleted, or storage came back empty.',
    next: 'Copy what you need, then reload the page.',
  },
  per_instance: {
    what: 'This server has no storage, so conversations can disappear at any moment.',
    next: 'If it’s yours, add Upstash Redis to the project.',
  },
  secret_missing: {
    what: 'The server can’t recognise browsers: the key for that is missing from storage.',
    next: 'Your conversations are still stored. The server keeps looking for the key.',
  },
  unknown: {
    what: 'Conversation storage isn’t working properly.',
    next: 'Try again in a moment. The server log has the details.',
  },
  several_cookies: {
    what: 'Another site on this domain has set a cookie of this one, so this browser can’t be recognised safely.',
    next: 'Remove the extra “confab_guest” cookie in the browser’s settings, then reload. Nothing was deleted.',
  },
  cookie_date: {
    what: 'This browser’s cookie is from another time than the server’s clock shows.',
    next: 'Check the server’s clock. If it’s right, remove the “confab_guest” cookie in the browser’s settings.',
  },
  intercepted: {
    what: 'Something other than the server answered, such as a sign-in page.',
    next: 'Reload the page to see it.',
  },
  proxy_size: {
    what: 'A proxy in front of the server doesn’t accept anything this large.',
    next: 'Make it smaller, then try again.',
  },
  unconfirmed: {
    what: 'The server hasn’t received this yet.',
    next: 'It will be sent again automatically.',
  },
  no_cookies: {
    what: 'This browser isn’t keeping this site’s cookie, so messages can’t be saved or sent.',
    next: 'Allow cookies for this site, then reload the page. Copy what you have written first.',
  },
  not_stored: {
    what: 'This browser can’t store drafts and unsent messages.',
    next: 'They are lost when you close the page.',
  },
  delayed: {
    what: 'Replies arrive in steps: something on the way holds them back.',
    next: 'If you run the proxy, let it pass event streams on at once.',
  },
};
