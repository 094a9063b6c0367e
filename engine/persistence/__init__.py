"""Tables, transactions and stores: the only importer of SQLAlchemy."""
