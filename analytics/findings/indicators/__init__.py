"""The indicators: pilots beside their neighbours, by place, by year, before and after."""
