"""The floors: the least that a Django view can do, on the same server, database and machine as the product."""
