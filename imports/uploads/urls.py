"""Addresses of importing in the site."""

from django.urls import path

from imports.uploads import views

urlpatterns = [
    path("runs/new/", views.run_new, name="run-new"),
    path("uploads/", views.upload_list, name="upload-list"),
    path("uploads/batches/<uuid:batch>/", views.upload_batch, name="upload-batch"),
    path("uploads/<int:pk>/", views.upload_detail, name="upload-detail"),
    path("uploads/<int:pk>/decide/", views.upload_decide, name="upload-decide"),
    path("uploads/<int:pk>/discard/", views.upload_discard, name="upload-discard"),
]
