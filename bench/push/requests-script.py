# What teams write by hand: a token, a card, no look at the answer's code.
import json, sys, requests

base = sys.argv[1]
token = requests.post(f"{base}/open-apis/auth/v3/tenant_access_token/internal", json={"app_id": "cli_bench", "app_secret": "bench-secret"}).json()["tenant_access_token"]
card = {"header": {"title": {"tag": "plain_text", "content": "门店销售数据看板"}, "template": "blue"}, "elements": [{"tag": "markdown", "content": "看板已更新"}]}
requests.post(
    f"{base}/open-apis/im/v1/messages?receive_id_type=open_id",
    headers={"Authorization": f"Bearer {token}"},
    json={"receive_id": "ou_bench", "msg_type": "interactive", "content": json.dumps(card)},
)
