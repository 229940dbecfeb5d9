"""报送: what is due from whom, what came in, news with pictures, campaigns, sticks and their register."""
