// CDK's own template validation costs seconds per jest file; one dedicated test runs it over the whole stack.
process.env['CDK_VALIDATION'] ??= 'false';
process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
process.env['ORT_DISABLE_TELEMETRY'] = '1';
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const expected = process.env['EXPECTED_NODE'];
if (expected !== undefined && process.version !== expected) throw new Error(`expected Node ${expected}, got ${process.version}`);

// Colours would come and go with the machine: jest asks for them in a terminal, and the library of colours takes any CI for one.
delete process.env['FORCE_COLOR'];
process.env['NO_COLOR'] = '1';
