"""Outside systems behind Protocols: payment, e-mail, webhook, customers and orders, loyalty."""
