"""Chooses, from the settings, what stands behind each job type."""

from engine.connectors.call import Connector
from engine.connectors.customer import CustomerConnector, CustomerDirectory
from engine.connectors.email import EmailConnector, Mailer, require_address
from engine.connectors.http.egress import EgressGuard
from engine.connectors.http.json_client import JsonClient
from engine.connectors.http.lookup import HttpCustomers, HttpOrders
from engine.connectors.http.loyalty import HttpLoyalty
from engine.connectors.http.payments import HttpPayments
from engine.connectors.http.transport import HttpTransport
from engine.connectors.http.webhooks import HttpWebhooks, read_secret
from engine.connectors.loyalty import LoyaltyConnector
from engine.connectors.order import OrderConnector
from engine.connectors.refund import RefundConnector
from engine.connectors.smtp import SmtpMailer, SmtpServer
from engine.connectors.survey_sent import SurveySentConnector
from engine.connectors.table.customers import TableCustomers
from engine.connectors.table.loyalty import TableLoyalty
from engine.connectors.table.mail import TableMailer
from engine.connectors.table.orders import TableOrders
from engine.connectors.table.payments import TablePayments
from engine.connectors.table.webhooks import TableWebhooks
from engine.connectors.webhook import WebhookConnector, WebhookSender
from engine.persistence.database import Database
from engine.resources import shipped_message
from engine.settings import PREFIX, Settings


def build_connectors(settings: Settings, database: Database) -> dict[str, Connector]:
    """Return the built-in connectors by job type.

    A system whose address is set is reached there; what has none is kept in *database*.

    Raises:
        ValueError: A setting is wrong; names it.
    """
    transport = HttpTransport()

    def client(system: str, base_url: str) -> JsonClient | None:
        if not base_url:
            return None
        try:
            return JsonClient(
                system=system,
                base_url=base_url,
                token=settings.connector_token,
                transport=transport,
            )
        except ValueError as error:
            raise ValueError(f"{PREFIX}{system.upper()}_URL: {error}") from None

    payments = client("payments", settings.payments_url)
    crm = client("crm", settings.crm_url)
    orders = client("orders", settings.orders_url)
    loyalty = client("loyalty", settings.loyalty_url)
    customers: CustomerDirectory = HttpCustomers(crm) if crm else TableCustomers(database)
    connectors: list[Connector] = [
        RefundConnector(HttpPayments(payments) if payments else TablePayments(database)),
        CustomerConnector(customers),
        SurveySentConnector(customers),
        OrderConnector(HttpOrders(orders) if orders else TableOrders(database)),
        LoyaltyConnector(HttpLoyalty(loyalty) if loyalty else TableLoyalty(database)),
        WebhookConnector(_webhooks(settings, database, transport)),
        _email(settings, database),
    ]
    return {connector.job_type: connector for connector in connectors}


def _webhooks(settings: Settings, database: Database, transport: HttpTransport) -> WebhookSender:
    if not settings.webhook_secret:
        return TableWebhooks(database)
    try:
        secret = read_secret(settings.webhook_secret)
    except ValueError as error:
        raise ValueError(f"{PREFIX}WEBHOOK_SECRET: {error}") from None
    hosts = [host.strip() for host in settings.webhook_allowed_hosts.split(",") if host.strip()]
    return HttpWebhooks(secret=secret, guard=EgressGuard(allowed_hosts=hosts), transport=transport)


def _email(settings: Settings, database: Database) -> EmailConnector:
    try:
        sender = require_address(settings.mail_from)
    except ValueError as error:
        raise ValueError(f"{PREFIX}MAIL_FROM: {error}") from None
    return EmailConnector(
        _mailer(settings, database, sender), templates=shipped_message, sender=sender
    )


def _mailer(settings: Settings, database: Database, sender: str) -> Mailer:
    if not settings.smtp_host:
        return TableMailer(database)
    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password,
        starttls=settings.smtp_starttls,
    )
    return SmtpMailer(server, sender=sender)
