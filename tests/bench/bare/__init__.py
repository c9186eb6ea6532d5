"""The measure: what `django-admin startproject` gives, with as little in it as there can be."""
