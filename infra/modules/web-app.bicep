// The web app, its staging slot with the same settings, and its logs.

param webAppName string
param planName string
param location string
param skuName string
param stagingSlot bool
param identityId string
param workspaceId string
param settings object

var siteConfig = {
  linuxFxVersion: 'NODE|24-lts'
  alwaysOn: true
  ftpsState: 'Disabled'
  minTlsVersion: '1.2'
  healthCheckPath: '/readyz'
  webSocketsEnabled: true
  // Node itself, so that SIGTERM reaches it: no npm and no shell in between.
  appCommandLine: 'node dist/index.js'
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: planName
  location: location
  kind: 'linux'
  sku: { name: skuName }
  properties: { reserved: true }
}

resource webApp 'Microsoft.Web/sites@2023-12-01' = {
  name: webAppName
  location: location
  kind: 'app,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: siteConfig
  }
}

resource appSettings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: webApp
  name: 'appsettings'
  properties: settings
}

resource staging 'Microsoft.Web/sites/slots@2023-12-01' = if (stagingSlot) {
  parent: webApp
  name: 'staging'
  location: location
  kind: 'app,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: siteConfig
  }
}

resource stagingSettings 'Microsoft.Web/sites/slots/config@2023-12-01' = if (stagingSlot) {
  parent: staging
  name: 'appsettings'
  properties: settings
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: webApp
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'AppServiceConsoleLogs', enabled: true }
      { category: 'AppServiceHTTPLogs', enabled: true }
      { category: 'AppServicePlatformLogs', enabled: true }
    ]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = webApp.id
