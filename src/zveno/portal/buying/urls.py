"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.buying import cart, cart_delivery, catalog, media, orders, product, requisitions, search

app_name = "buying"
urlpatterns: list[URLPattern] = [
    path("", catalog.show, name="catalog"),
    path("catalog.xlsx", catalog.export, name="catalog-xlsx"),
    path("search/", search.show, name="search"),
    path("search/suggest", search.suggest, name="search-suggest"),
    path("suggest", catalog.suggest, name="suggest"),
    path("products/<int:product_id>/", product.show, name="product"),
    path("products/<int:product_id>/quantity", cart.put, name="put"),
    path("media/<int:media_id>/", media.serve, name="media"),
    path("media/<int:media_id>/<int:edge>/", media.serve, name="picture"),
    path("cart/", cart.show, name="cart"),
    path("cart.xlsx", cart.export, name="cart-xlsx"),
    path("cart/add", cart.add, name="cart-add"),
    path("cart/paste", cart.paste, name="cart-paste"),
    path("cart/lines/<int:product_id>/", cart.set_quantity, name="cart-line"),
    path("cart/lines/<int:product_id>/remove", cart.remove, name="cart-remove"),
    path("cart/clear", cart.clear, name="cart-clear"),
    path("cart/restore/<str:token>", cart.restore, name="cart-restore"),
    path("cart/delivery", cart_delivery.show, name="cart-delivery"),
    path("cart/delivery/choose", cart_delivery.choose, name="cart-delivery-choose"),
    path("cart/delivery/ask", cart_delivery.ask, name="cart-delivery-ask"),
    path("cart/wish", cart.wish, name="cart-wish"),
    path("cart/place", cart.place, name="cart-place"),
    path("requisitions/", requisitions.show_list, name="requisitions"),
    path("requisitions.xlsx", requisitions.export, name="requisitions-xlsx"),
    path("requisitions/approve", requisitions.approve_many, name="requisitions-approve"),
    path("requisitions/<int:requisition_id>/", requisitions.show, name="requisition"),
    path("requisitions/<int:requisition_id>/approve", requisitions.approve, name="requisition-approve"),
    path("requisitions/<int:requisition_id>/return", requisitions.give_back, name="requisition-return"),
    path("requisitions/<int:requisition_id>/change", requisitions.change, name="requisition-change"),
    path("requisitions/<int:requisition_id>/take-back", requisitions.take_back, name="requisition-take-back"),
    path("requisitions/<int:requisition_id>/send", requisitions.send, name="requisition-send"),
    path("requisitions/<int:requisition_id>/cart", requisitions.to_cart, name="requisition-to-cart"),
    path("orders/", orders.show_list, name="orders"),
    path("orders.xlsx", orders.export_list, name="orders-xlsx"),
    path("orders/<int:order_id>/", orders.show, name="order"),
    path("orders/<int:order_id>/print", orders.show_print, name="order-print"),
    path("orders/<int:order_id>.xlsx", orders.export, name="order-xlsx"),
    path("orders/<int:order_id>/repeat", orders.repeat, name="order-repeat"),
    path("orders/<int:order_id>/cancel", orders.cancel, name="order-cancel"),
    path("orders/<int:order_id>/comment", orders.comment, name="order-comment"),
    path("orders/<int:order_id>/note", orders.note, name="order-note"),
]
