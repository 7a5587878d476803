"""What a browser or a script asks of the server beside pages: data addresses, headers, guards."""
