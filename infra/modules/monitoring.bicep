// Logs of everything, a test that asks the desk from outside, and a mail when it does not answer.

param baseName string
param location string
param retentionDays int
param readyUrl string
param alertEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${baseName}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${baseName}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    RetentionInDays: retentionDays
  }
}

resource readyTest 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${baseName}-ready'
  location: location
  kind: 'standard'
  // Application Insights shows the test only with this tag.
  tags: { 'hidden-link:${insights.id}': 'Resource' }
  properties: {
    SyntheticMonitorId: '${baseName}-ready'
    Name: 'ready'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [
      { Id: 'emea-nl-ams-azr' }
      { Id: 'us-va-ash-azr' }
      { Id: 'apac-hk-hkn-azr' }
    ]
    Request: { RequestUrl: readyUrl, HttpVerb: 'GET' }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = if (alertEmail != '') {
  name: '${baseName}-operators'
  location: 'global'
  properties: {
    groupShortName: 'offerdesk'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

resource notReady 'Microsoft.Insights/metricAlerts@2018-03-01' = if (alertEmail != '') {
  name: '${baseName}-not-ready'
  location: 'global'
  properties: {
    severity: 1
    enabled: true
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    scopes: [readyTest.id, insights.id]
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: readyTest.id
      componentId: insights.id
      failedLocationCount: 2
    }
    actions: [{ actionGroupId: operators.id }]
  }
}

output workspaceId string = workspace.id
output connectionString string = insights.properties.ConnectionString
