// The app of both contenders: node synth-app.cjs FILE CLASS PROPS
const { App } = require('aws-cdk-lib/core');

const [file, name, props] = process.argv.slice(2);
const app = new App();
new (require(file)[name])(app, 'ServerlessAi', JSON.parse(props));
app.synth();
