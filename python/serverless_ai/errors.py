"""Errors with the names of the contract. Lambda reports the name of a class as ``errorType``, and Step Functions matches on it."""


class InvalidInput(ValueError):
    """The input is not what the handler takes; never retried."""


class ModelUnavailable(RuntimeError):
    """The model could not be loaded or failed on its side; retried."""


InvalidInput.__name__ = "Step.InvalidInput"
ModelUnavailable.__name__ = "Model.Unavailable"
