from components.server.refusal import refuse


def test_a_refusal_is_problem_details_that_are_not_kept():
    response = refuse(404, "There is no such thing.", ["one", "other"])
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.json == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no such thing.",
        "error": "There is no such thing.",
        "reasons": ["one", "other"],
    }
    assert response.headers["Cache-Control"] == "no-store"


def test_reasons_are_left_out_where_there_are_none():
    assert "reasons" not in refuse(405, "No.").json
