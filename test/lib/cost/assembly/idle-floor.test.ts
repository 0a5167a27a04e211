import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, AlarmRule, CompositeAlarm, Dashboard, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Billing, BillingMode, Capacity, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnInstance, CfnVPCEndpoint, InterfaceVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { CfnReplicationGroup, CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { ApplicationLoadBalancer, NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Rule, Schedule as RuleSchedule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  Alias,
  Architecture,
  CfnCapacityProvider,
  CfnEventSourceMapping,
  type CfnFunction,
  Code,
  Function as Fn,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { CfnCollection } from 'aws-cdk-lib/aws-opensearchserverless';
import { AuroraPostgresEngineVersion, ClusterInstance, DatabaseCluster, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { plainFunction } from '../../../fixtures/plain-function';
import { amounts, costOf } from './synthesized';

const HOURS = 730;

function fn(stack: Stack, id = 'Fn'): Fn {
  return plainFunction(stack, id, { memorySize: 1024, architecture: Architecture.ARM_64 });
}

describe('networks', () => {
  test('a network without NAT gateways costs nothing, one in each of three zones costs its hours and its address', () => {
    const without = costOf((stack) => new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 }));
    expect(without.monthly).toBe(0);
    expect(without.assumptions.filter((sentence) => sentence.startsWith('not priced'))).toEqual([]);
    const three = costOf(
      (stack) => new Vpc(stack, 'Vpc', { natGateways: 3, availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] }),
    );
    expect(three.monthly).toBeCloseTo(3 * HOURS * (0.045 + 0.005), 8);
    expect(three.idleFloor).toBe(three.monthly);
    expect(three.lines.map(({ item }) => item)).toContain('App/Vpc/PublicSubnet1/NATGateway: NAT gateway');
  });

  test('an interface endpoint costs its hours in each zone, a gateway endpoint nothing', () => {
    const estimate = costOf((stack) => {
      const vpc = new Vpc(stack, 'Vpc', {
        natGateways: 0,
        maxAzs: 2,
        subnetConfiguration: [{ name: 'In', subnetType: SubnetType.PRIVATE_ISOLATED }],
      });
      vpc.addInterfaceEndpoint('Sqs', { service: InterfaceVpcEndpointAwsService.SQS });
      vpc.addGatewayEndpoint('S3', { service: { name: 'com.amazonaws.us-east-1.s3' } });
      new CfnVPCEndpoint(stack, 'Lattice', { vpcId: vpc.vpcId, vpcEndpointType: 'ServiceNetwork' });
    });
    expect(amounts(estimate)).toEqual({ 'App/Vpc/Sqs: interface endpoints': 14.6 });
    expect(estimate.assumptions).toContain('not priced: App/Lattice, an endpoint of type ServiceNetwork');
  });

  test('load balancers, with the addresses of those that face the internet', () => {
    const estimate = costOf((stack) => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
      new ApplicationLoadBalancer(stack, 'Open', { vpc, internetFacing: true });
      new NetworkLoadBalancer(stack, 'Inner', { vpc, vpcSubnets: { subnetType: SubnetType.PUBLIC } });
      new HostedZone(stack, 'Zone', { zoneName: 'example.com' });
      new CfnWebACL(stack, 'Wall', {
        scope: 'REGIONAL',
        defaultAction: { allow: {} },
        visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'm', sampledRequestsEnabled: true },
        rules: [1, 2].map((priority) => ({
          name: `r${priority}`,
          priority,
          action: { block: {} },
          statement: { geoMatchStatement: { countryCodes: ['AQ'] } },
          visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'm', sampledRequestsEnabled: true },
        })),
      });
    });
    expect(amounts(estimate)).toEqual({
      'App/Open: application load balancer': 16.425,
      'App/Open: public IPv4 addresses': 7.3,
      'App/Inner: network load balancer': 16.425,
      'App/Zone: hosted zone': 0.5,
      'App/Wall: web ACL': 5,
      'App/Wall: rules of the web ACL': 2,
    });
  });
});

describe('functions', () => {
  const GB_HOURS = HOURS * 3600 * 0.0000033334;

  test('a function costs nothing until it is called', () => {
    expect(costOf((stack) => fn(stack)).lines).toEqual([]);
  });

  test('provisioned concurrency of an alias', () => {
    const estimate = costOf(
      (stack) => new Alias(stack, 'Live', { aliasName: 'live', version: fn(stack).currentVersion, provisionedConcurrentExecutions: 2 }),
    );
    expect(estimate.idleFloor).toBeCloseTo(2 * GB_HOURS, 6);
    expect(estimate.lines.map(({ item }) => item)).toEqual(['App/Fn: Lambda provisioned concurrency (arm64)']);
  });

  test('autoscaled: the minimum is due, and the alarms of target tracking', () => {
    const estimate = costOf((stack) => {
      const alias = new Alias(stack, 'Live', { aliasName: 'live', version: fn(stack).currentVersion });
      alias.addAutoScaling({ minCapacity: 3, maxCapacity: 10 }).scaleOnUtilization({ utilizationTarget: 0.7 });
    });
    expect(amounts(estimate)['App/Fn: Lambda provisioned concurrency (arm64)']).toBeCloseTo(3 * GB_HOURS, 3);
    expect(estimate.idleFloor).toBeCloseTo(3 * GB_HOURS + 0.2, 6);
  });

  test('scheduled: the minimum of each hour is weighted by its time', () => {
    const estimate = costOf((stack) => {
      const alias = new Alias(stack, 'Live', { aliasName: 'live', version: fn(stack).currentVersion });
      const scaling = alias.addAutoScaling({ minCapacity: 1, maxCapacity: 5 });
      scaling.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8', minute: '0' }), minCapacity: 5 });
      scaling.scaleOnSchedule('Evening', { schedule: Schedule.cron({ hour: '20', minute: '0' }), minCapacity: 1 });
    });
    expect(estimate.idleFloor).toBeCloseTo(3 * GB_HOURS, 6);
  });

  test('a snapshot of Python is kept for each version, one of Java costs nothing', () => {
    const snap = (runtime: Runtime) =>
      costOf((stack) => {
        const handler = new Fn(stack, 'Fn', { runtime, handler: 'index.handler', code: Code.fromInline('pass'), memorySize: 1024 });
        (handler.node.defaultChild as CfnFunction).snapStart = { applyOn: 'PublishedVersions' };
        new Alias(stack, 'Live', { aliasName: 'live', version: handler.currentVersion });
      });
    expect(snap(Runtime.PYTHON_3_13).idleFloor).toBeCloseTo(HOURS * 3600 * 0.0000015046, 6);
    expect(() => snap(Runtime.JAVA_21)).toThrow('Inline source not allowed for java21');
  });

  test('event pollers in provisioned mode', () => {
    const mapping = (stack: Stack, id: string, more: object) =>
      new CfnEventSourceMapping(stack, id, { functionName: fn(stack, `${id}Fn`).functionName, ...more });
    const estimate = costOf((stack) => {
      mapping(stack, 'Sqs', { eventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:q', provisionedPollerConfig: { minimumPollers: 4 } });
      mapping(stack, 'Kafka', { topics: ['t'], provisionedPollerConfig: {} });
      mapping(stack, 'Plain', { eventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:p' });
    });
    expect(amounts(estimate)).toEqual({
      'App/Sqs: event pollers (sqs)': Math.round(4 * HOURS * 0.00925 * 1e4) / 1e4,
      'App/Kafka: event pollers (kafka)': Math.round(HOURS * 0.185 * 1e4) / 1e4,
    });
  });

  test('Managed Instances stand as soon as a function uses them', () => {
    const provider = (stack: Stack, requirements: object) => {
      const capacity = new CfnCapacityProvider(stack, 'Capacity', {
        permissionsConfig: { capacityProviderOperatorRoleArn: 'arn:aws:iam::111111111111:role/r' },
        vpcConfig: { securityGroupIds: ['sg-1'], subnetIds: ['subnet-1'] },
        ...requirements,
      });
      const handler = fn(stack).node.defaultChild as CfnFunction;
      handler.addPropertyOverride(
        'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn',
        capacity.attrArn,
      );
    };
    const known = costOf((stack) => provider(stack, { instanceRequirements: { allowedInstanceTypes: ['m7g.xlarge'] } }));
    expect(known.idleFloor).toBeCloseTo(3 * HOURS * 0.1632 * 1.15, 6);
    const chosen = costOf((stack) => provider(stack, {}));
    expect(chosen.monthly).toBe(0);
    expect(chosen.assumptions).toContain(
      'the instances of App/Capacity are not counted: Lambda chooses their type; state instanceType in the load',
    );
    const stated = costOf((stack) => provider(stack, {}), { resources: [{ resource: 'Capacity', instanceType: 'm7g.large', running: 5 }] });
    expect(stated.idleFloor).toBeCloseTo(5 * HOURS * 0.0816 * 1.15, 6);
  });
});

describe('schedules', () => {
  test('a keep-warm rule calls its function whether or not anybody else does', () => {
    const build = (stack: Stack) =>
      new Rule(stack, 'Warm', {
        schedule: RuleSchedule.rate(Duration.minutes(5)),
        targets: [new LambdaFunction(fn(stack), { event: RuleTargetInput.fromObject({ warm: true }) })],
      });
    const stated = costOf(build, { resources: [{ resource: 'Fn', scheduledDuration: Duration.millis(100) }] });
    expect(amounts(stated)).toEqual({
      'App/Fn: Lambda requests': 0.0018,
      'App/Fn: Lambda duration (arm64)': Math.round(8760 * 0.1 * 0.0000133334 * 1e4) / 1e4,
    });
    expect(stated.monthly).toBe(stated.idleFloor);
    expect(costOf(build).assumptions).toContain(
      'the time of the scheduled calls of App/Fn is not stated (scheduledDuration): only their number is counted',
    );
  });

  test('a rule that is switched off calls nothing', () => {
    const estimate = costOf(
      (stack) =>
        new Rule(stack, 'Off', {
          enabled: false,
          schedule: RuleSchedule.rate(Duration.minutes(5)),
          targets: [new LambdaFunction(fn(stack))],
        }),
    );
    expect(estimate.lines).toEqual([]);
  });
});

describe('containers', () => {
  const taskHour = { x86: 0.5 * 0.000011244 + 0.000001235, arm: 0.5 * 0.0000089944 + 9.889e-7 };

  const service = (stack: Stack, more: object = {}, task: object = {}) => {
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
    const taskDefinition = new FargateTaskDefinition(stack, 'Task', { cpu: 512, memoryLimitMiB: 1024, ...task });
    taskDefinition.addContainer('Main', { image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox') });
    return new FargateService(stack, 'Service', {
      cluster: new Cluster(stack, 'Cluster', { vpc }),
      taskDefinition,
      desiredCount: 2,
      ...more,
    });
  };

  test('a service costs its tasks, and the disk above 20 GB', () => {
    const estimate = costOf((stack) => service(stack, {}, { ephemeralStorageGiB: 30 }));
    expect(estimate.idleFloor).toBeCloseTo(2 * HOURS * 3600 * (taskHour.x86 + 10 * 3.08e-8), 6);
  });

  test('on ARM, with public addresses', () => {
    const estimate = costOf((stack) =>
      service(
        stack,
        { assignPublicIp: true },
        { runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX } },
      ),
    );
    expect(estimate.idleFloor).toBeCloseTo(2 * HOURS * (3600 * taskHour.arm + 0.005), 6);
  });

  test('autoscaled to the minimum, and above it when the load says so', () => {
    const build = (stack: Stack) => service(stack).autoScaleTaskCount({ minCapacity: 1, maxCapacity: 9 });
    expect(costOf(build).monthly).toBeCloseTo(HOURS * 3600 * taskHour.x86, 6);
    const busy = costOf(build, { resources: [{ resource: 'Service/Service', running: 4 }] });
    expect(busy.idleFloor).toBeCloseTo(HOURS * 3600 * taskHour.x86, 6);
    expect(busy.monthly).toBeCloseTo(4 * HOURS * 3600 * taskHour.x86, 6);
  });

  test('endpoints of SageMaker by their instances', () => {
    const estimate = costOf((stack) => {
      const config = new CfnEndpointConfig(stack, 'Config', {
        productionVariants: [
          { variantName: 'v', modelName: 'm', initialInstanceCount: 2, instanceType: 'ml.g5.xlarge', initialVariantWeight: 1 },
        ],
      });
      new CfnEndpoint(stack, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });
    });
    expect(amounts(estimate)).toEqual({ 'App/Endpoint: SageMaker ml.g5.xlarge': Math.round(2 * HOURS * 1.408 * 1e4) / 1e4 });
  });
});

describe('data', () => {
  test('a table on demand costs nothing, one with capacity costs its units', () => {
    const partitionKey = { name: 'pk', type: AttributeType.STRING };
    const estimate = costOf((stack) => {
      new Table(stack, 'OnDemand', { partitionKey, billingMode: BillingMode.PAY_PER_REQUEST });
      new Table(stack, 'Standard', { partitionKey });
      new TableV2(stack, 'Global', {
        partitionKey,
        billing: Billing.provisioned({
          readCapacity: Capacity.fixed(4),
          writeCapacity: Capacity.autoscaled({ minCapacity: 2, maxCapacity: 8 }),
        }),
      });
    });
    const cost = (read: number, write: number) => [
      Math.round(read * HOURS * 0.00013 * 1e4) / 1e4,
      Math.round(write * HOURS * 0.00065 * 1e4) / 1e4,
    ];
    expect(Object.values(amounts(estimate)).sort()).toEqual([...cost(5, 5), ...cost(4, 2)].sort());
  });

  test('caches: the least of a serverless one, or its own minimum, and nodes', () => {
    const estimate = costOf((stack) => {
      new CfnServerlessCache(stack, 'Valkey', { engine: 'valkey', serverlessCacheName: 'a' });
      new CfnServerlessCache(stack, 'Redis', { engine: 'redis', serverlessCacheName: 'b' });
      new CfnServerlessCache(stack, 'Sized', {
        engine: 'valkey',
        serverlessCacheName: 'c',
        cacheUsageLimits: { dataStorage: { unit: 'GB', minimum: 2 }, ecpuPerSecond: { minimum: 1000 } },
      });
      new CfnReplicationGroup(stack, 'Nodes', {
        replicationGroupDescription: 'nodes',
        engine: 'valkey',
        cacheNodeType: 'cache.t4g.micro',
        numNodeGroups: 2,
        replicasPerNodeGroup: 1,
      });
    });
    expect(amounts(estimate)).toEqual({
      'App/Valkey: ElastiCache Serverless data (valkey)': 6.132,
      'App/Redis: ElastiCache Serverless data (redis)': 91.25,
      'App/Sized: ElastiCache Serverless data (valkey)': 122.64,
      'App/Sized: ElastiCache Serverless processing (valkey)': Math.round(1000 * HOURS * 3600 * 0.0023e-6 * 1e4) / 1e4,
      'App/Nodes: ElastiCache cache.t4g.micro (valkey)': Math.round(4 * HOURS * 0.0128 * 1e4) / 1e4,
    });
  });

  test('Aurora by its least capacity, a collection by its least units, a class without a price by its name', () => {
    const estimate = costOf((stack) => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
      new DatabaseCluster(stack, 'Db', {
        vpc,
        vpcSubnets: { subnetType: SubnetType.PUBLIC },
        engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_6 }),
        serverlessV2MinCapacity: 0.5,
        writer: ClusterInstance.serverlessV2('Writer'),
        readers: [ClusterInstance.provisioned('Reader')],
      });
      new CfnCollection(stack, 'Vectors', { name: 'vectors', type: 'VECTORSEARCH', standbyReplicas: 'DISABLED' });
    });
    expect(amounts(estimate)).toEqual({
      'App/Db/Secret: Secrets Manager secrets': 0.4,
      'App/Db/Writer: Aurora Serverless capacity': 43.8,
      'App/Vectors: OpenSearch Serverless': 175.2,
    });
    expect(estimate.assumptions).toContain(
      'not priced: App/Db/Reader: RDS db.t3.medium (aurora-postgresql) (there is no price rds.aurora-postgresql.db.t3.medium)',
    );
  });
});

test('an autoscaled table has its minimum, and its indexes what they state', () => {
  const estimate = costOf((stack) => {
    const table = new Table(stack, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      readCapacity: 50,
      writeCapacity: 50,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'i',
      partitionKey: { name: 'x', type: AttributeType.STRING },
      readCapacity: 3,
      writeCapacity: 4,
    });
    table.autoScaleReadCapacity({ minCapacity: 2, maxCapacity: 99 });
  });
  expect(estimate.lines.map(({ formula }) => formula)).toEqual(['54 WCU x 730 h', '5 RCU x 730 h']);
});

test('an instance with its disk and its address', () => {
  const estimate = costOf((stack) => {
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
    const common = { imageId: 'ami-1', instanceType: 'm7g.large' };
    new CfnInstance(stack, 'Open', {
      ...common,
      subnetId: vpc.publicSubnets[0]!.subnetId,
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeType: 'gp3', volumeSize: 20 } }],
    });
    new CfnInstance(stack, 'Inner', { ...common, subnetId: 'subnet-1' });
    new CfnInstance(stack, 'Rare', { imageId: 'ami-1', instanceType: 'z9.huge', subnetId: 'subnet-1' });
  });
  expect(amounts(estimate)).toEqual({
    'App/Open: EC2 m7g.large': 59.568,
    'App/Open: public IPv4 addresses': 3.65,
    'App/Open: EBS volume': 1.6,
    'App/Inner: EC2 m7g.large': 59.568,
  });
  expect(estimate.assumptions).toContain('not priced: App/Rare: EC2 z9.huge (there is no price ec2.z9.huge)');
});

describe('operations', () => {
  test('alarms cost each metric they look at', () => {
    const metric = (name: string, period = 60) => new Metric({ namespace: 'N', metricName: name, period: Duration.seconds(period) });
    const estimate = costOf((stack) => {
      const one = new Alarm(stack, 'One', { metric: metric('a'), threshold: 1, evaluationPeriods: 1 });
      new Alarm(stack, 'Sum', {
        metric: new MathExpression({ expression: 'a + b', usingMetrics: { a: metric('a'), b: metric('b') }, period: Duration.minutes(1) }),
        threshold: 1,
        evaluationPeriods: 1,
      });
      new Alarm(stack, 'Fast', { metric: metric('a', 10), threshold: 1, evaluationPeriods: 1 });
      new CompositeAlarm(stack, 'Both', { alarmRule: AlarmRule.fromAlarm(one, 'ALARM' as never) });
      new Dashboard(stack, 'Board');
    });
    expect(amounts(estimate)).toEqual({
      'App/One: CloudWatch alarms': 0.1,
      'App/Sum: CloudWatch alarms': 0.2,
      'App/Fast: CloudWatch alarms of high resolution': 0.3,
      'App/Both: composite alarm': 0.5,
      'App/Board: CloudWatch dashboards': 3,
    });
  });

  test('keys and secrets cost their month; free tiers count where they are asked for', () => {
    const build = (stack: Stack) => {
      new Key(stack, 'Key', { enableKeyRotation: true });
      new Secret(stack, 'Secret');
      new Dashboard(stack, 'Board');
    };
    expect(costOf(build).monthly).toBeCloseTo(1 + 0.4 + 3, 10);
    expect(costOf(build, {}, { freeTier: true }).monthly).toBeCloseTo(1 + 0.4, 10);
    expect(costOf(build).assumptions).toContain(
      'App/Key is counted before its first rotation; each of the first two rotations adds the price of a key',
    );
  });
});

test('sizes of functions that AWS would refuse are told, not counted', () => {
  const estimate = costOf((stack) => ((fn(stack).node.defaultChild as CfnFunction).memorySize = 20_480), {
    resources: [{ resource: 'Fn', requestsPerMonth: 1, duration: Duration.seconds(1), payload: Size.kibibytes(1) }],
  });
  expect(estimate.assumptions.find((sentence) => sentence.startsWith('App/Fn is not counted'))).toContain(
    'lambda.memory must be 128 to 10,240 MB',
  );
});
