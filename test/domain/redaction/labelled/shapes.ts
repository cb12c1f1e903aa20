/** Puts a value into a text of some kind, as programs and people do. */
export type Shape = (value: string) => string;

const inJson = (text: string): string => JSON.stringify({ step: 4, output: text });

/** What a text is carried in: the same for every detector. */
export const CARRIERS: Readonly<Record<string, Shape>> = {
  'as it is': (text) => text,
  'JSON in a string': (text) => inJson(text),
  'JSON in JSON': (text) => JSON.stringify({ body: inJson(text) }),
  'pretty JSON': (text) => JSON.stringify({ step: 4, output: [text] }, null, 2),
  'a log line': (text) => `2026-03-02T06:40:11.204Z [quay-3] INFO tide.sync - ${text}\n2026-03-02T06:40:12.001Z [quay-3] INFO done`,
  'a diff': (text) =>
    `diff --git a/quay.txt b/quay.txt\nindex 83db48f..bf269f4 100644\n@@ -1,2 +1,2 @@\n-nothing\n+${text.replaceAll('\n', '\n+')}\n tide`,
  'a Markdown block': (text) => `Here is what I found:\n\n\`\`\`\n${text}\n\`\`\`\n\nAnything else?`,
  'a Markdown table': (text) => `| step | what came back |\n| --- | --- |\n| 4 | ${text} |\n| 5 | nothing |`,
  'a stack trace': (text) =>
    `Traceback (most recent call last):\n  File "/srv/tide/sync.py", line 88, in push\n    raise Refused(reply)\ntide.Refused: 401 for ${text}`,
  'a shell session': (text) => `$ cat notes.txt\r\n${text.replaceAll('\n', '\r\n')}\r\n$ exit 0\r\n`,
  'beside Chinese': (text) => `请检查：${text}，谢谢。`,
  'an HTML page': (text) => `<html><body><p class="note">${text}</p></body></html>`,
};

/** Where a value stands that shows by its own form. */
const FREE: Readonly<Record<string, Shape>> = {
  prose: (value) => `The keeper wrote down ${value} and went home.`,
  'end of a sentence': (value) => `What I was given is ${value}.`,
  brackets: (value) => `It is in the notes (${value}), twice.`,
  quotation: (value) => `It says "${value}" on the back.`,
  'env file': (value) => `QUAY_NO=4\nQUAY_ITEM=${value}\nQUAY_LAMP=on`,
  'JSON field': (value) => `{"quay":4,"item":${JSON.stringify(value)},"lamp":true}`,
  YAML: (value) => `quay: 4\nitem: ${value}\nlamp: on`,
  'shell argument': (value) => `sync --quay 4 --item ${value} --dry-run`,
  'URL query': (value) => `https://tides.example/v1/find?quay=4&item=${value}&page=2`,
  code: (value) => `const item = '${value}';\nawait sync(item, 4);`,
  'code, double quotes': (value) => `items.append("${value}")`,
  CSV: (value) => `quay,item,lamp\n4,${value},on\n5,none,off`,
  XML: (value) => `<quay no="4"><item>${value}</item></quay>`,
  'Markdown code': (value) => `Then I passed \`${value}\` to the tool.`,
  'first and last': (value) => value,
};

const named = (name: string): Readonly<Record<string, Shape>> => ({
  'env file': (value) => `QUAY=4\n${name.toUpperCase()}=${value}\nLAMP=on`,
  'JSON field': (value) => `{"quay":4,"${name}":"${value}","lamp":true}`,
  YAML: (value) => `quay: 4\n${name}: ${value}\nlamp: on`,
  'YAML, quoted': (value) => `${name}: '${value}'`,
  'shell export': (value) => `export ${name.toUpperCase()}="${value}" && ./sync`,
  'shell option': (value) => `sync --${name.replaceAll('_', '-')}=${value} --quay 4`,
  'URL query': (value) => `https://tides.example/login?quay=4&${name}=${value}&page=2`,
  code: (value) => `${name} = "${value}"\nconnect(${name})`,
  'Python keyword': (value) => `connect(quay=4, ${name}='${value}')`,
  'Python dictionary': (value) => `{'quay': 4, '${name}': '${value}'}`,
  TypeScript: (value) => `const options = { quay: 4, ${camel(name)}: '${value}' };`,
  'ini file': (value) => `[quay]\n${name} = ${value}\n`,
  XML: (value) => `<${name}>${value}</${name}>`,
  'Ruby hash': (value) => `:${name} => "${value}"`,
});

const camel = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Where a value stands that shows by what stands around it; detectors that are not named here find their values anywhere. */
const PLACED: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  connection_string: Object.fromEntries(
    [
      'postgres://{}@db.harbor.example:5432/tides',
      'DATABASE_URL=mysql://{}@10.0.4.7/tides',
      'mongodb+srv://{}@cluster.example.net/?w=1',
      'redis://{}@cache:6379/0',
      "amqp_url: 'amqp://{}@broker.example/quay'",
      'curl https://{}@tides.example/v1',
      'git clone https://{}@git.harbor.example/charts.git',
      'engine = create_engine("postgresql+psycopg://{}@rock/tides")',
    ].map((frame) => [frame.replace('{}', '…'), (value: string) => frame.replace('{}', value)]),
  ),
  bearer: Object.fromEntries(
    [
      'Authorization: Bearer {}',
      'curl -H "Authorization: Bearer {}" https://tides.example',
      '{"Authorization":"Bearer {}"}',
      "headers={'authorization': 'bearer {}'}",
      'It answered to Bearer {} only.',
      'authorization: "Bearer {}"',
    ].map((frame) => [frame.replace('{}', '…'), (value: string) => frame.replace('{}', value)]),
  ),
  basic_auth: Object.fromEntries(
    [
      'Authorization: Basic {}',
      'curl -H "Authorization: Basic {}" https://tides.example',
      '{"Authorization":"Basic {}"}',
      "headers={'authorization': 'Basic {}'}",
      'Proxy-Authorization: Basic {}',
    ].map((frame) => [frame.replace('{}', '…'), (value: string) => frame.replace('{}', value)]),
  ),
  aws_secret_key: named('aws_secret_access_key'),
  password_assignment: {
    ...named('password'),
    ...prefixed('db_', named('db_password')),
    'in speech': (value) => `My password is ${value}, can you reset it?`,
    'connection settings': (value) => `Server=rock;User Id=keeper;Pwd=${value};`,
    'JSON, passwd': (value) => `{"user":"keeper","passwd":"${value}"}`,
    'a form body': (value) => `user=keeper&password=${value}`,
    'a prompt': (value) => `Enter password: ${value}\nWelcome.`,
    'docker -e': (value) => `docker run -e MYSQL_ROOT_PASSWORD=${value} -d tides:1`,
    'in front of a command': (value) => `PGPASSWORD=${value} psql -h rock tides`,
    'XML attribute': (value) => `<source user="keeper" password="${value}"/>`,
    'pass alone': (value) => `user: keeper\npass: ${value}`,
  },
  placed_secret: {
    SQL: (value) => `CREATE USER keeper WITH PASSWORD '${value}';`,
    'MySQL grant': (value) => `CREATE USER keeper IDENTIFIED BY '${value}';`,
    setter: (value) => `source.setPassword("${value}");`,
    'sshpass -p': (value) => `sshpass -p '${value}' ssh keeper@rock`,
    'curl -u': (value) => `curl -u keeper:${value} https://tides.example`,
    'option and blank': (value) => `tides --user keeper --password ${value} --quay 4`,
    netrc: (value) => `machine rock.example login keeper password ${value}`,
    'PHP constant': (value) => `define('DB_PASSWORD', '${value}');`,
    'name and value': (value) => `{"name":"DB_PASSWORD","value":"${value}"}`,
    'name and value, YAML': (value) => `- name: DB_PASSWORD\n  value: "${value}"`,
    'function call': (value) => `driver.find_element("password").send_keys("${value}")`,
    'mysql -p': (value) => `mysql -u keeper -p${value} tides`,
    'changed to': (value) => `I changed the password to ${value} yesterday.`,
    'key: option and blank': (value) => `tides --api-key ${value} --quay 4`,
    'key: name and value': (value) => `{"name":"TIDES_API_KEY","value":"${value}"}`,
    'key: name and value, YAML': (value) => `- name: TIDES_API_KEY\n  value: ${value}`,
    'key: PHP constant': (value) => `define('TIDES_API_KEY', '${value}');`,
    'key: a default': (value) => `key = os.environ.get("TIDES_API_KEY", "${value}")`,
  },
  api_key_assignment: {
    ...named('api_key'),
    ...prefixed('client_secret: ', named('client_secret')),
    ...prefixed('token: ', named('access_token')),
    header: (value) => `X-Api-Key: ${value}`,
    'header of a token': (value) => `X-Auth-Token: ${value}`,
    'npm config': (value) => `//registry.example/:_authToken=${value}`,
    'constructor argument': (value) => `new Tides({ apiKey: "${value}" })`,
    'in speech': (value) => `The API key is ${value}, keep it.`,
  },
  announced_phone: Object.fromEntries(
    ['phone: {}', '{"phone":"{}"}', 'Tel. {}', 'fax: {}', 'mobile={}', 'Call me at {}, please.', 'phone_number: "{}"', 'WhatsApp: {}'].map(
      (frame) => [frame.replace('{}', '…'), (value: string) => frame.replace('{}', value)],
    ),
  ),
  ssn: {
    ...FREE,
    'by name': (value) => `SSN: ${value.replaceAll('-', '')}`,
    'by name, blanks': (value) => `social security number ${value.replaceAll('-', ' ')}`,
  },
};

function prefixed(prefix: string, shapes: Readonly<Record<string, Shape>>): Record<string, Shape> {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [prefix + name, shape]));
}

/** The places in which values of a detector are looked for. */
export function placesOf(detector: string): Readonly<Record<string, Shape>> {
  return PLACED[detector] ?? FREE;
}

/** Spellings that hide a value from whoever reads ASCII line by line. Measured apart: none of them is promised. */
export const DISGUISES: Readonly<Record<string, Shape>> = {
  'Arabic digits': (value) => digitsFrom(value, 0x660),
  'Persian digits': (value) => digitsFrom(value, 0x6f0),
  'Devanagari digits': (value) => digitsFrom(value, 0x966),
  'full-width digits': (value) => digitsFrom(value, 0xff10),
  'broken over lines': (value) => `${value.slice(0, value.length / 2)}\n${value.slice(value.length / 2)}`,
  'a soft hyphen inside': (value) => `${value.slice(0, value.length / 2)}\u00ad${value.slice(value.length / 2)}`,
  'no-break spaces': (value) => value.replaceAll(' ', '\u00a0'),
};

function digitsFrom(value: string, zero: number): string {
  return value.replaceAll(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}
