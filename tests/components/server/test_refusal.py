from components.server.refusal import refuse


def test_a_refusal_is_small_json_that_is_not_kept():
    response = refuse(404, "There is no such thing.", ["one", "other"])
    assert response.status_code == 404
    assert response.json == {"error": "There is no such thing.", "reasons": ["one", "other"]}
    assert response.headers["Cache-Control"] == "no-store"


def test_reasons_are_left_out_where_there_are_none():
    assert refuse(405, "No.").json == {"error": "No."}
