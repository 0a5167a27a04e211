import { App } from 'aws-cdk-lib/core';
import { SupportDeskStack } from '../lib/support-desk-stack';

new SupportDeskStack(new App(), 'SupportDesk', {
  helpDeskUrl: 'https://helpdesk.example.com/api',
  approvers: ['support-lead@example.com'],
});
