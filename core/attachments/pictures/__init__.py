"""Copies of pictures: upright, without what the camera has noted; made in a process of its own."""
