"""What handlers of cdk-serverless-ai use in Python, and what starts their container. Standard library only, Python 3.10 and later."""
