import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  readonly accessKeyId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly bytes: number;
}

const ACCOUNT = '123456789012';
const STACK_ID = `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/ServerlessAi/1`;

/**
 * A loopback server that answers what `cdk deploy` asks of STS, SSM, S3, ECR and CloudFormation as an empty, bootstrapped account
 * would, and records every call. It proves which calls the command makes and with which roles, not what AWS would say to them.
 */
export class RecordingAws {
  readonly calls: RecordedCall[] = [];
  private readonly server: Server;
  private deployed = false;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => this.answer(request, Buffer.concat(chunks), response));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const [, accessKeyId = '', service = ''] = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const url = new URL(request.url ?? '/', 'http://localhost');
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const query = service === 's3' || target ? undefined : new URLSearchParams(body.toString('utf8'));
    const operation = target ?? query?.get('Action') ?? `${request.method} ${url.pathname}`;
    const params = query ? Object.fromEntries(query) : target ? (JSON.parse(body.toString('utf8') || '{}') as Record<string, string>) : {};
    this.calls.push({ service, operation, accessKeyId, params, bytes: body.length });
    if (service === 's3') this.s3(request.method ?? 'GET', url, response);
    else if (target) this.json(operation, params, response);
    else this.query(operation, params, response);
  }

  private s3(method: string, url: URL, response: ServerResponse): void {
    if (method === 'GET' && url.searchParams.has('location')) xml(response, 200, '<LocationConstraint>us-east-1</LocationConstraint>');
    else if (method === 'GET' && url.searchParams.has('encryption')) {
      xml(response, 404, '<Error><Code>ServerSideEncryptionConfigurationNotFoundError</Code></Error>');
    } else if (method === 'GET') xml(response, 200, '<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>');
    else if (method === 'HEAD') response.writeHead(404).end();
    else if (method === 'POST' && url.searchParams.has('uploads')) {
      xml(response, 200, '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>');
    } else if (method === 'POST') xml(response, 200, '<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>');
    else response.writeHead(200, { etag: '"e"' }).end();
  }

  private json(operation: string, params: Readonly<Record<string, string>>, response: ServerResponse): void {
    const answers: Record<string, () => [number, unknown]> = {
      GetParameter: () => [200, { Parameter: { Name: params['Name'], Value: '28', Type: 'String' } }],
      DescribeRepositories: () => [
        200,
        {
          repositories: [
            {
              repositoryName: 'assets',
              repositoryUri: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/cdk-hnb659fds-container-assets-${ACCOUNT}-us-east-1`,
            },
          ],
        },
      ],
      DescribeImages: () => [400, { __type: 'ImageNotFoundException', message: 'not found' }],
      GetAuthorizationToken: () => [
        200,
        {
          authorizationData: [
            {
              authorizationToken: Buffer.from('AWS:password').toString('base64'),
              proxyEndpoint: `https://${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`,
            },
          ],
        },
      ],
    };
    const [status, value] = answers[operation]?.() ?? [400, { __type: 'UnknownOperationException', message: operation }];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(value));
  }

  private query(operation: string, params: Readonly<Record<string, string>>, response: ServerResponse): ServerResponse {
    const result = (inner: string) =>
      xml(response, 200, `<${operation}Response><${operation}Result>${inner}</${operation}Result></${operation}Response>`);
    const role = params['RoleArn'] ?? '';
    switch (operation) {
      case 'GetCallerIdentity':
        return result(`<Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/dev</Arn><UserId>U</UserId>`);
      case 'AssumeRole':
        return result(
          `<Credentials><AccessKeyId>${roleKey(role)}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>` +
            `<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>${role}</Arn><AssumedRoleId>R</AssumedRoleId></AssumedRoleUser>`,
        );
      case 'DescribeStacks':
        if (!this.deployed) {
          return xml(
            response,
            400,
            `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${params['StackName']} does not exist</Message></Error></ErrorResponse>`,
          );
        }
        return result(
          `<Stacks><member><StackName>ServerlessAi</StackName><StackId>${STACK_ID}</StackId><StackStatus>CREATE_COMPLETE</StackStatus>` +
            '<CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs/></member></Stacks>',
        );
      case 'CreateChangeSet':
        return result(`<Id>arn:aws:cloudformation:us-east-1:${ACCOUNT}:changeSet/c/1</Id><StackId>${STACK_ID}</StackId>`);
      case 'DescribeChangeSet':
        return result(
          `<ChangeSetName>c</ChangeSetName><ChangeSetId>arn:aws:cloudformation:us-east-1:${ACCOUNT}:changeSet/c/1</ChangeSetId><StackId>${STACK_ID}</StackId>` +
            '<StackName>ServerlessAi</StackName><Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus>' +
            '<Changes><member><Type>Resource</Type><ResourceChange><Action>Add</Action><LogicalResourceId>X</LogicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType></ResourceChange></member></Changes>',
        );
      case 'ExecuteChangeSet':
        this.deployed = true;
        return result('');
      case 'DescribeStackEvents':
        return result('<StackEvents/>');
      case 'GetTemplate':
        return result('<TemplateBody>{}</TemplateBody>');
      default:
        return result('');
    }
  }
}

/** The access key that stands for an assumed role, so that a later call shows which role made it. */
export function roleKey(roleArn: string): string {
  return `ROLE${(/cdk-hnb659fds-(.*?)-role/.exec(roleArn)?.[1] ?? 'unknown').replaceAll('-', '').toUpperCase()}`;
}

function xml(response: ServerResponse, status: number, inner: string): ServerResponse {
  return response.writeHead(status, { 'content-type': 'text/xml' }).end(`<?xml version="1.0"?>${inner}`);
}
