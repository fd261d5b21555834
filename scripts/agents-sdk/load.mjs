/** Prints the processor time, in milliseconds, of loading the part of the SDK that the product uses. */
const before = process.cpuUsage();
await import('botbuilder');
await import('botframework-connector');
for (const name of ['componentDialog', 'dialog', 'dialogSet', 'waterfallDialog'])
  await import(`botbuilder-dialogs/lib/${name}.js`);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
process.exit();
