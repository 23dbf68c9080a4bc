import type { StorageFailures } from '../failure-strings';

export const storageFailures: StorageFailures = {
  unreachable: {
    what: '服务器无法连接对话存储。',
    next: '服务器会自动重试。如果问题持续出现，请检查存储是否在运行。',
  },
  slow: { what: '对话存储响应太慢。', next: '请稍后再试。如果问题持续出现，请检查存储的负载。' },
  auth: { what: '对话存储的密码验证失败。', next: '请检查服务器上配置的存储地址和密码。' },
  certificate: {
    what: '服务器不信任对话存储的证书。',
    next: '如果证书由自建机构签发，请在服务器上设置 REDIS_CA。',
  },
  misconfigured: {
    what: '服务器的设置未指向可用的对话存储。',
    next: '请检查服务器上配置的存储地址，详情见服务器日志。',
  },
  too_big: { what: '内容超出了对话存储的大小限制。', next: '请缩短内容，或新建对话。' },
  quota: { what: '对话存储的额度已用完。', next: '请升级套餐，或等待额度重置。' },
  read_only: { what: '对话存储处于只读状态。', next: '请改连主节点，或将文件设为可写，然后重试。' },
  out_of_memory: { what: '对话存储内存不足。', next: '请增加内存，或删除旧对话，然后重试。' },
  full: { what: '服务器磁盘已满或出现故障。', next: '请在服务器上腾出空间，然后重试。' },
  locked: {
    what: '对话数据库正被其他程序占用。',
    next: '请稍后再试。如果问题持续出现，请关闭那个程序。',
  },
  corrupt: {
    what: '对话数据库已损坏。',
    next: '请在服务器上用 npm run restore 恢复备份，恢复后会自动生效。',
  },
  corrupt_record: { what: '这个对话已损坏，无法读取。', next: '请新建对话继续，其他对话不受影响。' },
  newer: { what: '对话存储由更新版本的 Confab 写入。', next: '请将服务器升级到该版本。' },
  newer_record: {
    what: '这个对话由更新版本的 Confab 写入。',
    next: '请升级服务器后再打开，其他对话不受影响。',
  },
  replaced: {
    what: '对话数据库在服务器运行时被替换了。',
    next: '服务器会在几秒内启用新的数据库。要安全地恢复备份，请使用 npm run restore。',
  },
  no_locks: {
    what: '对话数据库所在的文件夹不支持文件锁，网络文件夹常有这个问题。',
    next: '请在服务器上将 DATA_DIR 设为本地磁盘，或改用 Redis。',
  },
  gone: {
    what: '这个对话已不在存储中：对话被删除，或存储被清空。',
    next: '请复制需要的内容，然后刷新页面。',
  },
  per_instance: {
    what: '这台服务器没有配置存储，对话随时可能丢失。',
    next: '如果由你维护，请为项目添加 Upstash Redis。',
  },
  secret_missing: {
    what: '服务器无法识别浏览器：存储中缺少所需的密钥。',
    next: '你的对话仍在存储中，服务器会继续查找密钥。',
  },
  unknown: { what: '对话存储工作异常。', next: '请稍后再试，详情见服务器日志。' },
  several_cookies: {
    what: '同一域名下的其他网站写入了本站的 Cookie，无法安全地识别当前浏览器。',
    next: '请在浏览器设置中删除多余的 confab_guest Cookie，然后刷新。内容没有丢失。',
  },
  cookie_date: {
    what: '浏览器 Cookie 的时间与服务器时钟不符。',
    next: '请检查服务器时钟。如果时钟正确，请在浏览器设置中删除 confab_guest Cookie。',
  },
  intercepted: { what: '应答的不是服务器，可能是登录页面。', next: '请刷新页面查看。' },
  proxy_size: { what: '服务器前的代理不接受这么大的内容。', next: '请缩小后重试。' },
  unconfirmed: { what: '服务器还没有收到这条消息。', next: '稍后会自动重新发送。' },
  no_cookies: {
    what: '浏览器没有保存本站的 Cookie，消息无法保存，也无法发送。',
    next: '请允许本站使用 Cookie，然后刷新页面。已输入的内容请先复制。',
  },
  not_stored: { what: '浏览器无法存储草稿和未发送的消息。', next: '关闭页面后，它们会丢失。' },
  delayed: { what: '回复被途中的代理延迟，会分段显示。', next: '如果代理由你管理，请让它立即转发事件流。' },
};
