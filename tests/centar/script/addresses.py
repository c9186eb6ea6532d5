"""A few views to look through the middleware with; the tests' own ROOT_URLCONF."""

from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext

PAGE = '<p title="Обука">Њега <a href="{}">{}</a></p><input value="Њега">'


def page(request):
    text = PAGE.format(reverse("page"), gettext("Yes"))
    response = HttpResponse(text, headers={"Content-Length": str(len(text.encode()))})
    response.set_cookie("ime", "vrednost")
    return response


def seen(request):
    return JsonResponse(
        {
            "path": request.path,
            "path_info": request.path_info,
            "full": request.get_full_path(),
            "language": translation.get_language(),
            "face": request.face.code,
            "text": "Њега",
        }
    )


def plain(request):
    return HttpResponse("<p>Њега</p>", content_type="text/plain; charset=utf-8")


def streamed(request):
    return StreamingHttpResponse(["<p>Њега</p>"])


def file(request):
    return FileResponse([b"<p>\xd0\x8a</p>"], content_type="text/html")


def compressed(request):
    return HttpResponse("<p>Њега</p>", headers={"Content-Encoding": "x-none"})


def broken(request):
    return HttpResponse(b"<p>\xd0\x8a \xff</p>")


def in_windows_1251(request):
    return HttpResponse(
        "<p>Бор</p>".encode("cp1251"), content_type="text/html; charset=windows-1251"
    )


def spoken(request):
    return HttpResponse("Да", headers={"Content-Language": "sr-Cyrl"})


def away(request):
    return redirect("page")


def failing(request):
    raise ValueError("failing")


urlpatterns = [
    path("strana/", page, name="page"),
    path("vidi/", seen),
    path("tekst/", plain),
    path("tok/", streamed),
    path("datoteka/", file),
    path("sazeto/", compressed),
    path("lose/", broken),
    path("drugo-pismo/", in_windows_1251),
    path("jezik/", spoken),
    path("dalje/", away),
    path("greska/", failing),
    path("admin/", seen),
    path("admin/ljudi/", seen),
]
